using System.Diagnostics.Metrics;

namespace ChatGenius.TestSupport.Stepping;

/// <summary>Meters that nobody reads. Thread-safe.</summary>
public sealed class NoMeters : IMeterFactory
{
    public Meter Create(MeterOptions options) => new(options);

    public void Dispose()
    {
    }
}
