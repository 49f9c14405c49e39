using System.Globalization;

namespace ChatGenius.TelemetryTests.Otlp;

/// <summary>A span, as opentelemetry-proto's <c>trace.proto</c> numbers its fields.</summary>
internal sealed record Span(string Service, string Trace, string Id, string Parent, string Name, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<string> LinkedTraces)
{
    public static IEnumerable<Span> Of(ProtoMessage export) =>
        from resource in export.All(1)
        let service = Attribute.ServiceOf(resource)
        from scope in resource.All(2)
        from span in scope.All(2)
        select new Span(service, span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), Attribute.Of(span.All(9)), [.. span.All(13).Select(link => link.Hex(1))]);
}

/// <summary>A point of a metric, as <c>metrics.proto</c> numbers its fields.</summary>
/// <param name="Service">Who told it.</param>
/// <param name="Instance">Which instance of it.</param>
/// <param name="Name">The instrument's name.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Value">The number, or the sum of a histogram.</param>
/// <param name="Count">How often a histogram was recorded.</param>
internal sealed record Point(string Service, string Instance, string Name, string Unit, PointKind Kind, IReadOnlyDictionary<string, string> Labels, double Value, ulong Count)
{
    public static IEnumerable<Point> Of(ProtoMessage export) =>
        from resource in export.All(1)
        let service = Attribute.ServiceOf(resource)
        from scope in resource.All(2)
        from metric in scope.All(2)
        from point in Points(service, Attribute.InstanceOf(resource), metric)
        select point;

    static IEnumerable<Point> Points(string service, string instance, ProtoMessage metric)
    {
        var (name, unit) = (metric.Text(1), metric.Text(3));
        foreach (var gauge in metric.All(5).SelectMany(g => g.All(1)))
            yield return new Point(service, instance, name, unit, PointKind.Gauge, Attribute.Of(gauge.All(7)), NumberOf(gauge), 0);
        foreach (var sum in metric.All(7))
            foreach (var point in sum.All(1))
                yield return new Point(service, instance, name, unit, sum.Number(3) == 1 ? PointKind.Counter : PointKind.Gauge, Attribute.Of(point.All(7)), NumberOf(point), 0);
        foreach (var point in metric.All(9).SelectMany(h => h.All(1)))
            yield return new Point(service, instance, name, unit, PointKind.Histogram, Attribute.Of(point.All(9)), point.Double(5), point.Number(4));
    }

    static double NumberOf(ProtoMessage point) => point.Has(4) ? point.Double(4) : (long)point.Number(6);
}

internal enum PointKind
{
    /// <summary>A number that goes up and down.</summary>
    Gauge,

    /// <summary>A number that only grows.</summary>
    Counter,

    Histogram,
}

/// <summary>Attributes, as <c>common.proto</c> numbers their fields.</summary>
internal static class Attribute
{
    public static string ServiceOf(ProtoMessage resource) => Of(resource, "service.name");

    public static string InstanceOf(ProtoMessage resource) => Of(resource, "service.instance.id");

    public static Dictionary<string, string> Of(IEnumerable<ProtoMessage> pairs) =>
        pairs.GroupBy(pair => pair.Text(1)).ToDictionary(pair => pair.Key, pair => Text(pair.First().All(2).First()));

    static string Of(ProtoMessage resource, string name) => Of(resource.All(1).SelectMany(r => r.All(1))).GetValueOrDefault(name, "");

    static string Text(ProtoMessage value) =>
        value.Has(1) ? value.Text(1)
        : value.Has(2) ? value.Number(2) == 1 ? "true" : "false"
        : value.Has(3) ? ((long)value.Number(3)).ToString(CultureInfo.InvariantCulture)
        : value.Has(4) ? value.Double(4).ToString(CultureInfo.InvariantCulture)
        : string.Join(',', value.All(5).SelectMany(list => list.All(1)).Select(Text));
}
