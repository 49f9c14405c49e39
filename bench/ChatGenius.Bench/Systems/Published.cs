using ChatGenius.TestSupport;

namespace ChatGenius.Bench.Systems;

/// <summary>What is measured is what would be installed: programs that <c>bench/publish</c> published, compiled ahead.</summary>
internal static class Published
{
    /// <summary>The program of a project.</summary>
    /// <param name="folder">The project's folder, as in <c>services/messages</c>.</param>
    /// <param name="assembly">The assembly's name.</param>
    /// <param name="tree">Another checkout; null for this one.</param>
    /// <exception cref="FileNotFoundException">It was not published.</exception>
    public static string Program(string folder, string assembly, string? tree = null)
    {
        var root = tree ?? Repository.Root;
        var path = Path.Combine(root, "artifacts/bench/published", Path.GetFileName(folder), assembly);
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is missing. Publish it first: {Path.Combine(root, "bench/publish")} {folder}", path);
    }
}
