using ChatGenius.Bench.Loads;

namespace ChatGenius.Bench.Workloads;

/// <summary>What a unit of work costs.</summary>
internal static class Costs
{
    /// <summary>Units for each second of the servers' processor time, microseconds of it for each unit, all parts and each part, and how fast it went.</summary>
    public static IEnumerable<(string Metric, double Value)> Of(Window window, double units, string unit) =>
    [
        ($"{unit}s / CPU s", units / window.Usage.Total), ($"µs / {unit}", window.Usage.Total / units * 1e6), ($"{unit}s / s", units / window.Usage.Elapsed),
        .. window.Usage.Seconds.Select(part => (part.Key, part.Value / units * 1e6)),
    ];
}
