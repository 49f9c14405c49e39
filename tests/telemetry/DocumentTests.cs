using System.Text.RegularExpressions;
using ChatGenius.TelemetryTests.Otlp;
using ChatGenius.TelemetryTests.Watching;

namespace ChatGenius.TelemetryTests;

[Collection(WatchedDeployment.Name)]
public sealed partial class DocumentTests(WatchedDeployment watched)
{
    static readonly Row[] s_documented = [.. Rows().Matches(File.ReadAllText(Repository.Path("docs/telemetry.md"))).Select(m =>
        new Row(m.Groups["name"].Value, m.Groups["kind"].Value, m.Groups["unit"].Value, [.. Quoted().Matches(m.Groups["labels"].Value).Select(l => l.Groups[1].Value)]))];

    [Fact]
    public void EveryInstrument_IsDocumentedWithItsUnit_AndEveryDocumentedOneExists()
    {
        var made = Sources().SelectMany(text => Instruments().Matches(text)).Select(m => (Name: m.Groups["name"].Value, Unit: m.Groups["unit"].Value)).Order().ToArray();

        Assert.NotEmpty(made);
        Assert.Equal(made, s_documented.Select(row => (row.Name, row.Unit)).Order());
    }

    [Fact]
    public void EveryDocumentedMetric_IsToldAsItIsDocumented()
    {
        foreach (var told in watched.Receiver.Points.Where(p => p.Name.StartsWith("chatgenius.", StringComparison.Ordinal)).GroupBy(p => p.Name))
        {
            var row = s_documented.Single(r => r.Name == told.Key);
            Assert.Equal((row.Name, row.Unit), (told.Key, told.First().Unit));
            Assert.Equal(row.Kind switch { "counter" => PointKind.Counter, "histogram" => PointKind.Histogram, _ => PointKind.Gauge }, told.First().Kind);
            foreach (var point in told)
                Assert.True(row.Labels.Order().SequenceEqual(point.Labels.Keys.Order()), $"{row.Name} is told with {string.Join(", ", point.Labels.Keys)}.");
        }
    }

    [Fact]
    public void TheGuide_NamesOnlyMetricsAndLogEventsThatExist()
    {
        var events = Sources().SelectMany(text => LogEvents().Matches(text)).Select(m => m.Groups[1].Value).ToHashSet();
        foreach (var document in (string[])["docs/troubleshooting.md", "docs/runbook.md", "docs/operations.md"])
        {
            var text = File.ReadAllText(Repository.Path(document));
            foreach (var metric in Metrics().Matches(text).Select(m => m.Value).Where(name => !s_documented.Any(row => row.Name == name)))
                Assert.Fail($"{document} names {metric}, which is no metric.");
            foreach (Match named in NamedEvents().Matches(text))
                foreach (Match number in Numbers().Matches(named.Value))
                    Assert.True(events.Contains(number.Value), $"{document} names the log event {number.Value}, which does not exist.");
        }
    }

    static IEnumerable<string> Sources() => ((string[])["common", "services", "gateway", "host"]).SelectMany(folder => Directory.EnumerateFiles(Repository.Path(folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)).Select(File.ReadAllText);

    sealed record Row(string Name, string Kind, string Unit, string[] Labels);

    [GeneratedRegex(@"^\| `(?<name>chatgenius\.[\w.]+)` \| (?<kind>counter|histogram|gauge|up and down) \| `(?<unit>[^`]+)` \| (?<labels>[^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"Create\w+(?:<\w+>)?\(\s*""(?<name>chatgenius\.[\w.]+)"",[^;]*?""(?<unit>\{\w+\}|s|By)""")]
    private static partial Regex Instruments();

    [GeneratedRegex(@"LoggerMessage\((?:EventId = )?(\d{4})")]
    private static partial Regex LogEvents();

    [GeneratedRegex(@"chatgenius\.[a-z]\w*(?:\.\w+)+|chatgenius\.connections\b")]
    private static partial Regex Metrics();

    [GeneratedRegex(@"\bevents? \d{4}(?:(?:, | and | or )\d{4})*")]
    private static partial Regex NamedEvents();

    [GeneratedRegex(@"\d{4}")]
    private static partial Regex Numbers();
}
