using System.Xml.Linq;
using ChatGenius.TestSupport;

namespace ChatGenius.ArchitectureTests;

/// <summary>A project of the repository, read from its file.</summary>
/// <param name="Path">From the root, with forward slashes.</param>
/// <param name="Xml">The file.</param>
public sealed record SourceProject(string Path, XElement Xml)
{
    static readonly string[] Foreign = ["bin", "obj", "node_modules", "artifacts", "data"];

    /// <summary>Every project there is.</summary>
    public static IReadOnlyList<SourceProject> All { get; } =
        [.. FilesUnder(Repository.Root, "*.csproj").Order(StringComparer.Ordinal).Select(file => new SourceProject(file, XElement.Load(Repository.Path(file))))];

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>What it is by where it stands: <c>contracts</c>, <c>feeds</c>, <c>hosting</c>, <c>hotpaths</c>, or its first folder.</summary>
    public string Kind => Path.Split('/') switch
    {
        ["common", var part, ..] => part,
        // The load generator speaks to the product from outside; what counts inside it is another thing.
        ["bench", "ChatGenius.HotPaths", ..] => "hotpaths",
        [var first, ..] => first,
        [] => "",
    };

    public IReadOnlyList<string> Packages => [.. Includes("PackageReference")];

    /// <summary>The projects that it names, patterns resolved.</summary>
    public IReadOnlyList<SourceProject> References => [.. Includes("ProjectReference").SelectMany(Resolve)];

    /// <summary>What it reaches by references of references too.</summary>
    public IReadOnlyList<SourceProject> Reaches => [.. References.SelectMany(reference => reference.Reaches.Prepend(reference)).DistinctBy(project => project.Path)];

    public override string ToString() => Path;

    /// <summary>Files of the source tree, as paths from the root; what was built or fetched is left out.</summary>
    public static IEnumerable<string> FilesUnder(string folder, string pattern)
    {
        foreach (var file in Directory.EnumerateFiles(folder, pattern))
            yield return System.IO.Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');
        foreach (var inner in Directory.EnumerateDirectories(folder).Where(inner => System.IO.Path.GetFileName(inner) is var name && !name.StartsWith('.') && !Foreign.Contains(name)))
        foreach (var file in FilesUnder(inner, pattern))
            yield return file;
    }

    IEnumerable<string> Includes(string element) => Xml.Descendants(element).Select(item => (string?)item.Attribute("Include")).OfType<string>();

    IEnumerable<SourceProject> Resolve(string include)
    {
        var path = include.Replace('\\', '/');
        var folder = System.IO.Path.GetDirectoryName(Path)!;
        if (path.Contains('*', StringComparison.Ordinal))
        {
            var prefix = Normal(folder, path[..path.IndexOf('*', StringComparison.Ordinal)]);
            return All.Where(project => project.Path.StartsWith(prefix, StringComparison.Ordinal));
        }
        return [All.Single(project => project.Path == Normal(folder, path))];
    }

    static string Normal(string folder, string path) =>
        System.IO.Path.GetRelativePath(Repository.Root, System.IO.Path.Combine(Repository.Root, folder, path)).Replace('\\', '/') + (path.EndsWith('/') ? "/" : "");
}
