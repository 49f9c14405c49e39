using System.Reflection;

namespace ChatGenius.TestSupport;

/// <summary>Where the source tree and what was built from it are.</summary>
public static class Repository
{
    /// <summary>The folder that holds ChatGenius.sln, found by walking up from the test's own files.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary><c>Debug</c> or <c>Release</c>: the one that the running tests were built in.</summary>
    public static string Configuration { get; } =
        typeof(Repository).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug";

    /// <summary>A path of the repository, given with forward slashes.</summary>
    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    /// <summary>The program built from a project's folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="assembly">The assembly's name.</param>
    /// <exception cref="FileNotFoundException">It was not built.</exception>
    public static string Program(string folder, string assembly)
    {
        var path = Path($"{folder}/bin/{Configuration}/net10.0/{assembly}.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is missing. Build it first: dotnet build -c {Configuration} {folder}", path);
    }

    /// <summary>A folder of the running test project for the logs of its latest run. It is emptied when first asked for.</summary>
    public static string Logs => _logs.Value;

    static readonly Lazy<string> _logs = new(() =>
    {
        var folder = Path($"artifacts/logs/{System.IO.Path.GetFileName(AppContext.BaseDirectory.Split("/bin/")[0])}");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        return Directory.CreateDirectory(folder).FullName;
    });

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "ChatGenius.sln")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds ChatGenius.sln.");
    }
}
