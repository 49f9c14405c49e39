using System.Globalization;
using System.Text;

namespace ChatGenius.Bench.Reports;

/// <summary>One figure of one run.</summary>
/// <param name="Case">What was done: <c>64 channels</c>.</param>
/// <param name="System">Who did it.</param>
/// <param name="Metric">What was measured, with its unit: <c>ack p99, ms</c>.</param>
internal sealed record Figure(string Case, string System, string Metric, double Value);

/// <summary>The figures of a workload, told as a table of medians and ranges. Thread-safe.</summary>
/// <param name="workload">The workload's name and what it is.</param>
internal sealed class Report(string workload)
{
    readonly List<Figure> _figures = [];
    readonly List<string> _notes = [];

    public void Add(string @case, string system, params IEnumerable<(string Metric, double Value)> figures)
    {
        lock (_figures)
            _figures.AddRange(figures.Select(figure => new Figure(@case, system, figure.Metric, figure.Value)));
        Console.Error.WriteLine($"   {@case}, {system}: {string.Join("; ", figures.Select(figure => $"{figure.Metric} {Number(figure.Value)}"))}");
    }

    /// <summary>A sentence under the table.</summary>
    public void Note(string sentence)
    {
        if (!_notes.Contains(sentence))
            _notes.Add(sentence);
    }

    /// <summary>How its first cost grows with the size of the case, as an SVG; null where there are no cases of several sizes.</summary>
    public string? ToPlot() =>
        _figures.FirstOrDefault(figure => figure.Metric.StartsWith("µs", StringComparison.Ordinal) || figure.Metric.StartsWith("KB", StringComparison.Ordinal)) is { } cost ? Plot.Draw(workload, cost.Metric, _figures) : null;

    /// <summary>The table in Markdown: a row for each case and system, a column for each metric, <c>median (lowest–highest)</c>.</summary>
    public string ToMarkdown()
    {
        var metrics = _figures.Select(figure => figure.Metric).Distinct().ToList();
        var text = new StringBuilder($"## {workload}\n\n");
        text.Append("| case | system | ").AppendJoin(" | ", metrics).Append(" | runs |\n|---|---|").Insert(text.Length, "---|", metrics.Count + 1).Append('\n');
        foreach (var row in _figures.GroupBy(figure => (figure.Case, figure.System)))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {row.Key.Case} | {row.Key.System} |");
            foreach (var metric in metrics)
                text.Append(' ').Append(Cell([.. row.Where(figure => figure.Metric == metric).Select(figure => figure.Value).Order()])).Append(" |");
            text.Append(CultureInfo.InvariantCulture, $" {row.GroupBy(figure => figure.Metric).Max(metric => metric.Count())} |\n");
        }
        text.Append('\n');
        foreach (var note in _notes)
            text.Append(note).Append("\n\n");
        return text.ToString();
    }

    static string Cell(IReadOnlyList<double> values) => values.Count switch
    {
        0 => "",
        1 => Number(values[0]),
        _ => $"{Number((values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2)} ({Number(values[0])}–{Number(values[^1])})",
    };

    static string Number(double value) => value.ToString(Math.Abs(value) switch { >= 100 => "N0", >= 10 => "0.0", _ => "0.00" }, CultureInfo.InvariantCulture);
}
