namespace ChatGenius.DocsTests;

/// <summary>The files of the source tree; what was built or fetched is left out.</summary>
static class SourceFiles
{
    static readonly string[] Foreign = ["bin", "obj", "node_modules", "artifacts", "data"];

    /// <summary>Files under a folder of the repository, as paths from its root with forward slashes.</summary>
    public static IEnumerable<string> Under(string folder, string pattern)
    {
        foreach (var file in Directory.EnumerateFiles(folder, pattern))
            yield return Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');
        foreach (var inner in Directory.EnumerateDirectories(folder).Where(inner => Path.GetFileName(inner) is var name && !name.StartsWith('.') && !Foreign.Contains(name)))
        foreach (var file in Under(inner, pattern))
            yield return file;
    }
}
