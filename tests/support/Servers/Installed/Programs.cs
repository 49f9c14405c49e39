namespace ChatGenius.TestSupport.Servers.Installed;

/// <summary>Finds programs where Debian, Homebrew and the PATH have them.</summary>
static class Programs
{
    static readonly string[] Elsewhere =
    [
        "/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin", "/usr/lib/rabbitmq/bin",
        "/opt/homebrew/opt/postgresql*/bin", "/usr/local/opt/postgresql*/bin", "/opt/homebrew/opt/*/sbin", "/usr/local/opt/*/sbin",
        "/opt/homebrew/bin", "/usr/local/bin", "/usr/lib/erlang/bin", "/opt/homebrew/opt/erlang/bin", "/usr/local/opt/erlang/bin",
    ];

    /// <summary>The full path of a program, the highest version first; null when it is not installed.</summary>
    public static string? Find(string program) =>
        Elsewhere.SelectMany(Expand).Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'))
            .Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    static IEnumerable<string> Expand(string pattern)
    {
        IEnumerable<string> folders = ["/"];
        foreach (var part in pattern.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            folders = part.Contains('*', StringComparison.Ordinal)
                ? folders.Where(Directory.Exists).SelectMany(folder => Directory.GetDirectories(folder, part)).OrderByDescending(Version)
                : folders.Select(folder => Path.Combine(folder, part));
        }
        return folders;
    }

    // "…/postgresql/15" before "…/postgresql/9.6".
    static Version Version(string folder) =>
        System.Version.TryParse(string.Concat(Path.GetFileName(folder).SkipWhile(c => !char.IsAsciiDigit(c))) is { Length: > 0 } digits
            ? digits.Contains('.', StringComparison.Ordinal) ? digits : digits + ".0" : "0.0", out var version) ? version : new Version(0, 0);
}
