using System.Diagnostics;
using ChatGenius.TelemetryTests.Watching;
using ChatGenius.TestSupport.Processes;

namespace ChatGenius.TelemetryTests;

[Collection(WatchedDeployment.Name)]
public sealed class DashboardTests(WatchedDeployment watched)
{
    [Fact]
    public void EveryMetricAndLabel_ThatADashboardOrAnAlertNames_IsTold()
    {
        var series = Observing.Series(watched.Receiver.Points);
        var missing = new List<string>();

        foreach (var (where, expression) in Observing.Expressions)
        {
            Assert.True(Observing.Asked(expression).Any(), $"{where} asks for nothing: {expression}");
            foreach (var (metric, labels) in Observing.Asked(expression))
                if (!series.TryGetValue(metric, out var told))
                    missing.Add($"{where}: nobody tells {metric}");
                else
                    missing.AddRange(labels.Where(label => !told.Contains(label)).Select(label => $"{where}: {metric} has no label {label}"));
        }

        Assert.Empty(missing.Distinct());
    }

    [Fact]
    public void EveryLabelValue_ThatAnExpressionNames_IsToldOrDocumented()
    {
        var told = watched.Receiver.Points.SelectMany(p => p.Labels.Values).ToHashSet();
        foreach (var service in (string[])["gateway", "identity", "channels", "messages", "realtime"])
            told.Add("chatgenius-" + service);

        foreach (var (where, expression) in Observing.Expressions)
            foreach (var value in Observing.Values(expression))
                Assert.True(told.Contains(value), $"{where} looks for \"{value}\", which nobody tells.");
    }

    [Fact]
    public void Dashboards_AreFive_AndNamed() => Assert.Equal(
        ["Broker, cache, database", "Connections and networks", "Delivery", "Is chat healthy?", "Services"],
        Directory.GetFiles(Repository.Path("ops/observe/dashboards"), "*.json").Select(file => Json.Parse(File.ReadAllText(file)).Text("title")).Order());

    [Fact]
    public async Task Dashboards_AreWhatTheirScriptMakes()
    {
        using var work = new WorkFolder();
        using var node = Process.Start(new ProcessStartInfo("node", [Repository.Path("ops/observe/dashboards.mjs"), work.Path]))!;
        await node.WaitForExitAsync();
        Assert.Equal(0, node.ExitCode);

        foreach (var made in Directory.GetFiles(work.Path))
            Assert.Equal(await File.ReadAllTextAsync(made), await File.ReadAllTextAsync(Repository.Path($"ops/observe/dashboards/{Path.GetFileName(made)}")));
        Assert.Equal(Directory.GetFiles(work.Path).Length, Directory.GetFiles(Repository.Path("ops/observe/dashboards")).Length);
    }

    [Fact]
    public void EveryAlert_HasAnEntryInTheRunbook_AndEveryEntryAnAlert()
    {
        var entries = File.ReadLines(Repository.Path("docs/runbook.md")).Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..]).ToArray();

        Assert.Equal(Observing.Alerts.Select(alert => alert.Name).Order(), entries.Order());
        Assert.Equal(File.ReadLines(Repository.Path("ops/observe/alerts.yml")).Count(line => line.Contains("alert:", StringComparison.Ordinal)), Observing.Alerts.Count());
        foreach (var (name, _, runbook) in Observing.Alerts)
            Assert.Equal($"docs/runbook.md#{name.ToLowerInvariant()}", runbook);
    }
}
