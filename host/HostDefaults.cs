using Microsoft.Extensions.Options;

namespace ChatGenius.Host;

/// <summary>What the one-process host assumes where nothing is set.</summary>
internal static class HostDefaults
{
    static readonly string[] s_foreign = ["Postgres", "RabbitMq", "Redis"];

    const string Address = "http://127.0.0.1:8080";

    /// <summary>Listens on 127.0.0.1:8080, is known by the address it listens on, and keeps its data beside the project (or beside the program, once published).</summary>
    public static void UseHostDefaults(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        if (string.IsNullOrWhiteSpace(configuration["urls"]))
            configuration["urls"] = Address;
        builder.WebHost.UseUrls(configuration["urls"]!);
        if (string.IsNullOrWhiteSpace(configuration["ChatGenius:PublicUrl"]))
            configuration["ChatGenius:PublicUrl"] = Reachable(configuration["urls"]!.Split(';')[0]);
        if (string.IsNullOrWhiteSpace(configuration["ChatGenius:DataPath"]))
            configuration["ChatGenius:DataPath"] = Path.Combine(Home(), "data");
    }

    /// <summary>The host has its own database, bus and backplane: what is set for services that run apart is refused rather than half used.</summary>
    public static void RefuseForeignParts(this WebApplicationBuilder builder)
    {
        var foreign = s_foreign.Where(name => !string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString(name))).Select(name => "ConnectionStrings__" + name).ToList();
        if (foreign.Count > 0)
            throw new OptionsValidationException("ChatGenius", typeof(HostDefaults),
                [$"Unset {string.Join(" and ", foreign)}: the host runs everything in one process on SQLite. Run the services apart to use them (see docs/operations.md)."]);
    }

    static string Reachable(string url) => url.Replace("//*", "//127.0.0.1").Replace("//+", "//127.0.0.1").Replace("//0.0.0.0", "//127.0.0.1").Replace("//[::]", "//127.0.0.1");

    static string Home()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "ChatGenius.Host.csproj")))
                return folder.FullName;
        return AppContext.BaseDirectory;
    }
}
