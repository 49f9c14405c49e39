namespace ChatGenius.EdgeTests.Support;

/// <summary>The source tree that the tests run from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>A folder that nobody reads.</summary>
    public static string Scratch { get; } = Path.Combine(Path.GetTempPath(), "chatgenius-edge-tests");

    static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ChatGenius.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run from the source tree.");
        return folder;
    }
}
