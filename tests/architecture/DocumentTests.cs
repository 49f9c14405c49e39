using System.Text.RegularExpressions;
using ChatGenius.TestSupport;

namespace ChatGenius.ArchitectureTests;

public sealed partial class DocumentTests
{
    public static TheoryData<string> Documents => [.. SourceProject.FilesUnder(Repository.Root, "*.md")];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_NamesFilesThatExist(string document)
    {
        var folder = Path.GetDirectoryName(Repository.Path(document))!;
        var text = File.ReadAllText(Repository.Path(document));

        foreach (var link in Links().Matches(CodeBlocks().Replace(text, "")).Select(match => match.Groups[1].Value).Where(link => !link.Contains(':', StringComparison.Ordinal)))
            Assert.True(Exists(folder, link.Split('#')[0]), $"{document} links to {link}, which is not there.");
        foreach (var path in Quoted().Matches(CodeBlocks().Replace(text, "")).Select(match => match.Groups[1].Value).Where(IsRepositoryPath))
            Assert.True(Exists(Repository.Root, path) || Exists(folder, path), $"{document} names {path}, which is not there.");
    }

    [Fact]
    public void TheMap_LeadsThroughTheSource()
    {
        foreach (var document in (string[])["README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/life-of-a-message.md", "docs/configuration.md"])
            Assert.True(File.Exists(Repository.Path(document)), $"{document} is missing.");
        var life = File.ReadAllText(Repository.Path("docs/life-of-a-message.md"));
        Assert.True(Quoted().Matches(life).Count(match => match.Groups[1].Value.EndsWith(".cs", StringComparison.Ordinal)) >= 5, "The life of a message names too few files to follow it.");
    }

    /// <summary>Begins with a folder of the root, and is no pattern and no route.</summary>
    static bool IsRepositoryPath(string text) =>
        text.Contains('/', StringComparison.Ordinal) && text.IndexOfAny(['*', '{', '<', '$', '…', '|']) < 0 && !text.StartsWith('/')
        && Directory.Exists(Repository.Path(text.Split('/')[0])) && !text.StartsWith("data/", StringComparison.Ordinal);

    static bool Exists(string folder, string path) =>
        path.Length == 0 || File.Exists(Path.Combine(folder, path)) || Directory.Exists(Path.Combine(folder, path));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"`([^`\s]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlocks();
}
