using System.Text.RegularExpressions;

namespace ChatGenius.DocsTests;

public sealed partial class DocumentTests
{
    public static TheoryData<string> Documents => [.. SourceFiles.Under(Repository.Root, "*.md")];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_NamesFilesThatExist(string document)
    {
        var folder = Path.GetDirectoryName(Repository.Path(document))!;
        var text = CodeBlocks().Replace(File.ReadAllText(Repository.Path(document)), "");

        foreach (var link in Values(Links(), text).Where(link => !link.Contains(':', StringComparison.Ordinal)))
            Assert.True(LeadsSomewhere(folder, document, link.Split('#')), $"{document} links to {link}, which is not there.");
        foreach (var path in Values(Quoted(), text).Where(IsRepositoryPath))
            Assert.True(Exists(Repository.Root, path) || Exists(folder, path), $"{document} names {path}, which is not there.");
    }

    [Fact]
    public void TheMap_LeadsThroughTheSource()
    {
        var readme = File.ReadAllText(Repository.Path("README.md"));
        foreach (var document in (string[])["CONTRIBUTING.md", "docs/architecture.md", "docs/life-of-a-message.md", "docs/protocol.md", "docs/configuration.md", "docs/operations.md", "docs/adr"])
            Assert.Contains($"]({document})", readme, StringComparison.Ordinal);
        var life = File.ReadAllText(Repository.Path("docs/life-of-a-message.md"));
        Assert.True(Values(Quoted(), life).Where(path => path.EndsWith(".cs", StringComparison.Ordinal)).Distinct().Count() >= 20, "The life of a message names too few files to follow it.");
    }

    [Fact]
    public void Decisions_AreNumberedOnceAndShort()
    {
        var decisions = SourceFiles.Under(Repository.Path("docs/adr"), "*.md").ToArray();

        Assert.NotEmpty(decisions);
        Assert.Equal(decisions.Length, decisions.Select(file => Path.GetFileName(file)[..4]).Distinct().Count());
        foreach (var decision in decisions)
        {
            var lines = File.ReadAllLines(Repository.Path(decision));
            Assert.StartsWith($"# {Path.GetFileName(decision)[..4]}: ", lines[0], StringComparison.Ordinal);
            Assert.True(lines.Length < 40, $"{decision} has {lines.Length} lines.");
        }
    }

    /// <summary>Begins with a folder of the root or is a file that can only be ours, and is no pattern, no route, and nothing that a build or a run makes.</summary>
    static bool IsRepositoryPath(string text)
    {
        if (text.IndexOfAny(['*', '{', '<', '$', '…', '|', '=']) >= 0 || text.StartsWith('/'))
            return false;
        return text.Contains('/', StringComparison.Ordinal)
            ? Directory.Exists(Repository.Path(text.Split('/')[0])) && text.Split('/')[0] != "artifacts" && text != "web/dist"
            : text.EndsWith(".cs", StringComparison.Ordinal) || text.EndsWith(".md", StringComparison.Ordinal) || text.EndsWith(".sln", StringComparison.Ordinal) || text.EndsWith(".yml", StringComparison.Ordinal);
    }

    static bool LeadsSomewhere(string folder, string document, string[] link)
    {
        if (!Exists(folder, link[0]))
            return false;
        var target = link[0].Length == 0 ? Repository.Path(document) : Path.Combine(folder, link[0]);
        return link.Length == 1 || File.ReadLines(target).Any(line => line.StartsWith('#') && Anchor(line) == link[1]);
    }

    // As forges make them of headings.
    static string Anchor(string heading) =>
        new([.. heading.TrimStart('#').Trim().ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_').Select(c => c == ' ' ? '-' : c)]);

    static bool Exists(string folder, string path) =>
        path.Length == 0 || File.Exists(Path.Combine(folder, path)) || Directory.Exists(Path.Combine(folder, path));

    static IEnumerable<string> Values(Regex pattern, string text) => pattern.Matches(text).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"`([^`\s]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlocks();
}
