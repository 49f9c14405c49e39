using ChatGenius.Channels;
using ChatGenius.Host.Status;
using ChatGenius.Hosting.Applications;
using ChatGenius.Hosting.Doctor;
using ChatGenius.Hosting.Edge;
using ChatGenius.Identity;
using ChatGenius.Messages;
using ChatGenius.Realtime;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatGenius.Host;

/// <summary>The whole product in one process: SQLite, an in-memory bus, no cache, nothing to install.</summary>
public static class HostApplication
{
    /// <summary>Every module there is.</summary>
    public static IReadOnlyList<Module> Modules { get; } = [IdentityModule.Module, ChannelsModule.Module, MessagesModule.Module, RealtimeModule.Module];

    /// <summary>Builds the process.</summary>
    /// <param name="args">The command line: <c>--urls</c> and any setting.</param>
    public static WebApplication Build(string[] args) => Build(args, builder => builder.Services.AddHostedService<Welcome>());

    /// <summary>Builds a process on the same data that is there only to be seeded: on a port of its own, quiet, and with a clock that can be set.</summary>
    internal static WebApplication BuildForSeeding(string[] args, TimeProvider clock, out bool holdsData)
    {
        var holds = false;
        var app = Build(args, builder =>
        {
            var data = new DirectoryInfo(builder.Configuration["ChatGenius:DataPath"]!);
            holds = data.Exists && data.EnumerateFiles("*.db").Any();
            builder.Services.Replace(ServiceDescriptor.Singleton(clock));
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            // Days go by while its tokens are used.
            builder.Configuration["ChatGenius:AccessTokenLifetime"] = "30.00:00:00";
        });
        holdsData = holds;
        return app;
    }

    /// <summary>Builds the process with something of one's own, before anything of it is used.</summary>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder> add)
    {
        var app = ServiceApplication.Build(args, "host", Modules, alone: false,
            add: builder =>
            {
                builder.RefuseForeignParts();
                builder.UseHostDefaults();
                builder.AddEdge();
                builder.AddStatus();
                builder.AddDataFolderCheck();
                add(builder);
            },
            use: app => app.UseEdge());
        app.MapEdge();
        app.MapStatus();
        return app;
    }
}
