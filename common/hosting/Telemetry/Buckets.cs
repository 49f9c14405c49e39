using System.Diagnostics.Metrics;

namespace ChatGenius.Hosting.Telemetry;

/// <summary>The bounds by which histograms are kept, the same for all of a kind, so that they can be compared.</summary>
public static class Buckets
{
    /// <summary>Of times, in seconds: 1 ms to 60 s. The objectives (0.1 s, 1 s) are among them.</summary>
    public static InstrumentAdvice<double> Seconds { get; } =
        new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] };

    /// <summary>Of numbers of things: 1 to 1,000.</summary>
    public static InstrumentAdvice<int> Counts { get; } = new() { HistogramBucketBoundaries = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] };

    /// <summary>Of times that people are away, in seconds: 0.1 s to an hour.</summary>
    public static InstrumentAdvice<double> Absences { get; } = new() { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600] };
}
