using System.Diagnostics;
using ChatGenius.Bench.Measuring;

namespace ChatGenius.Bench.Loads;

/// <summary>Requests of one kind by several clients, without a scene: closed (each sends again when it was answered), then open at half the rate that was reached, for the latency.</summary>
internal static class Requests
{
    /// <summary>What came of it.</summary>
    /// <param name="Usage">Of the parts, in the closed half.</param>
    /// <param name="Own">Seconds of processor time that this process used in the closed half.</param>
    /// <param name="Done">Requests answered in the closed half.</param>
    /// <param name="Latency">Of the open half, from when a request was due.</param>
    internal sealed record Result(Usage Usage, double Own, long Done, Histogram Latency);

    /// <param name="parts">Whose time counts.</param>
    /// <param name="clients">What each client does, again and again.</param>
    public static async Task<Result> MeasureAsync(IReadOnlyList<ServerPart> parts, IReadOnlyList<Func<ValueTask>> clients, TimeSpan warmUp, TimeSpan lasts)
    {
        var (done, latency) = (0L, new Histogram());
        var stop = new CancellationTokenSource();
        var running = clients.Select(client => ClosedAsync(client, stop.Token)).ToList();
        await WarmUp.PassAsync(warmUp, () => Interlocked.Read(ref done));
        var (meter, before, own) = (new UsageMeter(parts), Interlocked.Read(ref done), Environment.CpuUsage.TotalTime);
        await Task.Delay(lasts);
        var (usage, requests, ownUsed) = (meter.Read(), Interlocked.Read(ref done) - before, Environment.CpuUsage.TotalTime - own);
        await stop.CancelAsync();
        await Task.WhenAll(running);

        stop = new CancellationTokenSource();
        var (pace, begin) = (usage.Elapsed / requests * 2, Stopwatch.GetTimestamp());
        running = [.. clients.Select((client, number) => OpenAsync(client, number, begin, pace, stop.Token))];
        await Task.Delay(lasts);
        await stop.CancelAsync();
        await Task.WhenAll(running);
        return new Result(usage, ownUsed.TotalSeconds, requests, latency);

        async Task ClosedAsync(Func<ValueTask> client, CancellationToken stopped)
        {
            await Task.Yield();
            for (; !stopped.IsCancellationRequested; Interlocked.Increment(ref done))
                await client();
        }

        async Task OpenAsync(Func<ValueTask> client, int number, long begin, double pace, CancellationToken stopped)
        {
            await Task.Yield();
            for (long i = 0; ; i++)
            {
                var due = begin + (long)((i * clients.Count + number) * pace * Stopwatch.Frequency);
                if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } early)
                    await Task.Delay(early, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (stopped.IsCancellationRequested)
                    return;
                await client();
                latency.Since(due);
            }
        }
    }
}
