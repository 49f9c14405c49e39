using System.Diagnostics;

namespace ChatGenius.FaultTests.LightClients;

/// <summary>The one clock of a run: milliseconds since it began.</summary>
internal sealed class RunClock
{
    readonly Stopwatch _watch = Stopwatch.StartNew();

    public long Now => _watch.ElapsedMilliseconds;
}
