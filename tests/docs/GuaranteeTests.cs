using System.Text.RegularExpressions;

namespace ChatGenius.DocsTests;

public sealed partial class GuaranteeTests
{
    static readonly string Document = File.ReadAllText(Repository.Path("docs/guarantees.md"));

    [Fact]
    public void EveryGuarantee_NamesATestThatExists()
    {
        var tests = SourceFiles.Under(Repository.Path("tests"), "*.cs").GroupBy(file => Path.GetFileNameWithoutExtension(file)).ToDictionary(g => g.Key, g => string.Concat(g.Select(file => File.ReadAllText(Repository.Path(file)))));
        var rows = Document.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal) && Tests().IsMatch(line)).ToArray();

        Assert.True(rows.Length >= 15);
        foreach (Match named in Tests().Matches(Document))
        {
            Assert.True(tests.TryGetValue(named.Groups["class"].Value, out var text), $"There are no {named.Groups["class"].Value}.");
            Assert.True(Regex.IsMatch(text, $@"\[(Fact|Theory)[^\]]*\][^;{{]*\b{named.Groups["test"].Value}\("), $"There is no test {named.Value}.");
        }
    }

    [Fact]
    public void EveryRow_OfATableThatIsShown_NamesATest()
    {
        var shown = false;
        foreach (var line in Document.Split('\n'))
        {
            shown = line.StartsWith('|') && (shown || line.EndsWith("| shown by |", StringComparison.Ordinal));
            Assert.True(!shown || line.EndsWith("| shown by |", StringComparison.Ordinal) || line.StartsWith("|---", StringComparison.Ordinal) || Tests().IsMatch(line), $"Nothing shows this: {line}");
        }
    }

    [GeneratedRegex(@"`(?<class>\w+(Tests|Specs))\.(?<test>\w+)`")]
    private static partial Regex Tests();
}
