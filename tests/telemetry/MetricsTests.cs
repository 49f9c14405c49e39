using ChatGenius.TelemetryTests.Watching;

namespace ChatGenius.TelemetryTests;

[Collection(WatchedDeployment.Name)]
public sealed class MetricsTests(WatchedDeployment watched)
{
    [Fact]
    public void Labels_OfOurMetrics_AreBounded()
    {
        var values = watched.Receiver.Points.Where(p => p.Name.StartsWith("chatgenius.", StringComparison.Ordinal))
            .SelectMany(p => p.Labels.Select(label => (p.Name, label.Key, label.Value))).Distinct().ToArray();

        Assert.NotEmpty(values);
        File.WriteAllLines(Path.Combine(Repository.Logs, "metrics.txt"), watched.Receiver.Points.Select(p => $"{p.Service} {p.Kind} {p.Name} [{p.Unit}] {{{string.Join(", ", p.Labels.Keys.Order())}}}").Distinct().Order());
        foreach (var (name, label, value) in values)
            Assert.False(Guid.TryParse(value, out _) || value.Length > 40, $"{name} has the label {label}={value}.");
        foreach (var series in values.GroupBy(v => (v.Name, v.Key)))
            Assert.True(series.Count() <= 30, $"{series.Key.Name} has {series.Count()} values of {series.Key.Key}.");
    }
}
