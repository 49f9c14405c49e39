using ChatGenius.Bench.Loads;

namespace ChatGenius.Bench.Workloads;

/// <summary>What a unit of work costs.</summary>
internal static class Costs
{
    /// <summary>Units for each second of the servers' processor time, microseconds of it for each unit, all parts and each part, and how fast it went.</summary>
    public static IEnumerable<(string Metric, double Value)> Of(Window window, double count, string unit, string units) =>
    [
        ($"{units} / CPU s", count / window.Usage.Total), ($"µs / {unit}", window.Usage.Total / count * 1e6), ($"{units} / s", count / window.Usage.Elapsed),
        .. window.Usage.Seconds.Select(part => (part.Key, part.Value / count * 1e6)),
    ];
}
