using System.Text.RegularExpressions;
using ChatGenius.TelemetryTests.Otlp;

namespace ChatGenius.TelemetryTests.Watching;

/// <summary>What dashboards and alerts ask for, and what Prometheus makes of the points that it is sent by OTLP (https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/).</summary>
internal static partial class Observing
{
    static readonly Dictionary<string, string> s_units = new() { ["s"] = "seconds", ["ms"] = "milliseconds", ["By"] = "bytes", ["%"] = "percent", ["1"] = "ratio" };

    /// <summary>What every series has: its process, and the bound of a histogram's bucket.</summary>
    static readonly string[] s_given = ["job", "instance", "le"];

    /// <summary>The expressions of all dashboards and alerts, with where they stand.</summary>
    public static IReadOnlyList<(string Where, string Expression)> Expressions { get; } =
        [.. Directory.GetFiles(Repository.Path("ops/observe/dashboards"), "*.json").Order().SelectMany(OfDashboard), .. Alerts.Select(alert => (alert.Name, alert.Expression))];

    /// <summary>The alerts: name, expression, and where the runbook speaks of it.</summary>
    public static IEnumerable<(string Name, string Expression, string Runbook)> Alerts =>
        AlertRule().Matches(File.ReadAllText(Repository.Path("ops/observe/alerts.yml"))).Select(m => (m.Groups["name"].Value, m.Groups["expr"].Value, m.Groups["runbook"].Value));

    /// <summary>The metrics that an expression names, each with the labels that it asks of it. Every metric stands before braces.</summary>
    public static IEnumerable<(string Metric, IReadOnlyList<string> Labels)> Asked(string expression)
    {
        var grouped = Grouping().Matches(expression).SelectMany(m => m.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToArray();
        foreach (Match metric in Selector().Matches(expression))
            yield return (metric.Groups[1].Value, [.. LabelName().Matches(metric.Groups[2].Value).Select(m => m.Groups[1].Value).Concat(grouped).Where(label => !s_given.Contains(label)).Distinct()]);
    }

    /// <summary>The whole words that an expression compares labels with; of numbers and patterns nothing is known.</summary>
    public static IEnumerable<string> Values(string expression) =>
        LabelValue().Matches(expression).SelectMany(m => m.Groups[1].Value.Split('|')).Where(value => value.Length > 0 && value.All(c => char.IsLetter(c) || c is '_' or '-'));

    /// <summary>Series by name, each with all label names that it was seen with.</summary>
    public static Dictionary<string, HashSet<string>> Series(IEnumerable<Point> points)
    {
        var series = new Dictionary<string, HashSet<string>>();
        foreach (var point in points)
            foreach (var name in Names(point))
                (series.TryGetValue(name, out var labels) ? labels : series[name] = []).UnionWith(point.Labels.Keys.Select(key => key.Replace('.', '_')));
        return series;
    }

    static IEnumerable<string> Names(Point point)
    {
        var name = point.Name.Replace('.', '_');
        if (s_units.TryGetValue(point.Unit, out var unit) && !name.EndsWith("_" + unit, StringComparison.Ordinal) && (unit != "ratio" || point.Kind == PointKind.Gauge))
            name += "_" + unit;
        return point.Kind switch
        {
            PointKind.Counter => [name + "_total"],
            PointKind.Histogram => [name + "_bucket", name + "_count", name + "_sum"],
            _ => [name],
        };
    }

    static IEnumerable<(string, string)> OfDashboard(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        return [.. from panel in json.RootElement.GetProperty("panels").EnumerateArray()
                   from target in panel.GetProperty("targets").EnumerateArray()
                   select ($"{Path.GetFileNameWithoutExtension(file)}: {panel.GetProperty("title").GetString()}", target.GetProperty("expr").GetString()!)];
    }

    [GeneratedRegex(@"- alert: (?<name>\w+)\n\s+expr: (?<expr>.+)\n(?:.*\n)*?\s+annotations: .*runbook: ""(?<runbook>[^""]+)""")]
    private static partial Regex AlertRule();

    [GeneratedRegex(@"\b(?:by|without) \(([^)]*)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\b([a-z][a-z0-9_]*)\{([^}]*)\}")]
    private static partial Regex Selector();

    [GeneratedRegex(@"=~?""([^""]*)""")]
    private static partial Regex LabelValue();

    [GeneratedRegex(@"(\w+)\s*[=!]~?")]
    private static partial Regex LabelName();
}
