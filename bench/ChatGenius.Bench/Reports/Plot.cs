using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ChatGenius.Bench.Reports;

/// <summary>How a cost grows, as an SVG: the first number of a case to the right, the median of a metric upwards, both on logarithmic scales, a line for each system that has several.</summary>
internal static partial class Plot
{
    const int Width = 640, Height = 400, Left = 70, Bottom = 50, Top = 40, Right = 170, LabelWidth = 45;
    static readonly string[] s_colours = ["#2563eb", "#0d9488", "#dc2626", "#d97706", "#7c3aed", "#64748b"];

    /// <summary>Draws a metric of figures.</summary>
    /// <returns>Null where there is nothing that grows: no system has two cases with different numbers.</returns>
    public static string? Draw(string title, string metric, IEnumerable<Figure> figures)
    {
        var lines = figures.Where(figure => figure.Metric == metric && figure.Value > 0 && Number(figure.Case) > 0)
            .GroupBy(figure => figure.System)
            .Select(system => (Name: system.Key, Points: system.GroupBy(figure => Number(figure.Case)).Select(at => (X: at.Key, Y: Median(at.Select(figure => figure.Value)))).OrderBy(point => point.X).ToList()))
            .Where(line => line.Points.Count > 1)
            .ToList();
        var points = lines.SelectMany(line => line.Points).ToList();
        if (points.Count == 0)
            return null;
        var (fromX, toX, fromY, toY) = (points.Min(point => point.X), points.Max(point => point.X), Math.Pow(10, Math.Floor(Math.Log10(points.Min(point => point.Y)))), Math.Pow(10, Math.Ceiling(Math.Log10(points.Max(point => point.Y) * 1.01))));
        var svg = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\"><rect width=\"{Width}\" height=\"{Height}\" fill=\"#fff\"/>"));
        Text(Left, 22, "start", $"{title}: {metric}");
        for (var y = fromY; y <= toY * 1.01; y *= 10)
        {
            Line(Left, AtY(y), Width - Right, AtY(y), "#e5e7eb");
            Text(Left - 6, AtY(y) + 4, "end", y.ToString("#,0.##", CultureInfo.InvariantCulture));
        }
        var free = double.MaxValue;
        foreach (var x in points.Select(point => point.X).Distinct().OrderDescending())
        {
            if (AtX(x) > free)
                continue;
            Text(AtX(x), Height - Bottom + 20, "middle", x.ToString("#,0", CultureInfo.InvariantCulture));
            free = AtX(x) - LabelWidth;
        }
        for (var i = 0; i < lines.Count; i++)
        {
            var (colour, line) = (s_colours[i % s_colours.Length], lines[i]);
            svg.Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"{string.Join(' ', line.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{AtX(point.X):0.#},{AtY(point.Y):0.#}")))}\"/>");
            Line(Width - Right + 15, Top + 20 * i + 10, Width - Right + 35, Top + 20 * i + 10, colour);
            Text(Width - Right + 41, Top + 20 * i + 14, "start", line.Name);
        }
        return svg.Append("</svg>\n").ToString();

        double AtX(double x) => Left + 20 + (Width - Right - Left - 40) * Math.Log(x / fromX) / Math.Log(toX / fromX);
        double AtY(double y) => Height - Bottom - (Height - Bottom - Top) * Math.Log(y / fromY) / Math.Log(toY / fromY);

        void Line(double x1, double y1, double x2, double y2, string colour) =>
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\" stroke=\"{colour}\" stroke-width=\"2\"/>");

        void Text(double x, double y, string anchor, string text) =>
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\">{System.Security.SecurityElement.Escape(text)}</text>");
    }

    // A case with a second number, such as how many read, is another series; it is left out.
    static double Number(string @case) => Numbers().Matches(@case) is { Count: 1 } found ? double.Parse(found[0].Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) : 0;

    static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    [GeneratedRegex("[0-9][0-9,]*")]
    private static partial Regex Numbers();
}
