using System.Diagnostics;

namespace ChatGenius.Bench.Loads;

/// <summary>What comes before a measured part.</summary>
internal static class WarmUp
{
    /// <summary>What compilers that compile while they run, theirs and ours, need to see before they are done.</summary>
    const int Operations = 6000;

    /// <summary>Waits for a time. On a busy machine the time alone does not tell: it is prolonged, up to four times, until there was enough to do.</summary>
    /// <param name="done">How many operations were done so far.</param>
    public static async Task PassAsync(TimeSpan time, Func<long> done)
    {
        var (began, before) = (Stopwatch.GetTimestamp(), done());
        do
            await Task.Delay(time / 4);
        while (Stopwatch.GetElapsedTime(began) is var passed && (passed < time || (done() - before < Operations && passed < 4 * time)));
    }
}
