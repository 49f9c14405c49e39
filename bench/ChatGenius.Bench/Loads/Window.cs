using ChatGenius.Bench.Measuring;
using ChatGenius.Bench.Systems;

namespace ChatGenius.Bench.Loads;

/// <summary>What happened in the measured part of a load.</summary>
/// <param name="Usage">Processor time of the servers.</param>
/// <param name="Sent">Messages acknowledged.</param>
/// <param name="Delivered">Messages that readers had, all readers together.</param>
/// <param name="Frames">WebSocket messages in which they had them.</param>
/// <param name="Acknowledging">From due to acknowledged.</param>
/// <param name="Late">From due to sent, where the load alone made it wait; of an open load.</param>
/// <param name="Delivering">From due to a reader.</param>
/// <param name="SinceWritten">From when the server wrote a message down, just before its commit, to a reader; empty where messages do not say it.</param>
/// <param name="FlushesPerSend">How often the database's log was synced to disk for each message, the warm-up included; null where there is no PostgreSQL.</param>
internal sealed record Window(Usage Usage, long Sent, long Delivered, long Frames, Histogram Acknowledging, Histogram Late, Histogram Delivering, Histogram SinceWritten, double? FlushesPerSend)
{
    /// <summary>Lets a load warm up, measures it for a while, stops it and checks the result.</summary>
    public static async Task<Window> MeasureAsync(ChatSystem system, Scene scene, Func<Load> begin, TimeSpan warmUp, TimeSpan lasts, Func<Task>? beforeCheck = null)
    {
        await using var flushes = system.Database is { } database ? await Measuring.Flushes.WatchAsync(database) : null;
        var sentBefore = scene.Ledger.Total;
        var load = begin();
        await WarmUp.PassAsync(warmUp, () => scene.Ledger.Total);
        await load.ThrowIfFailedAsync();
        var meter = new UsageMeter(system.Parts);
        load.Latency.Clear();
        load.Late.Clear();
        scene.Deliveries.Latency.Clear();
        scene.Deliveries.SinceWritten.Clear();
        var (sent, delivered, frames) = (scene.Ledger.Total, scene.Deliveries.Count, Frames());
        await Task.Delay(lasts);
        var usage = meter.Read();
        (sent, delivered, frames) = (scene.Ledger.Total - sent, scene.Deliveries.Count - delivered, Frames() - frames);
        await load.StopAsync();
        if (beforeCheck is not null)
            await beforeCheck();
        await scene.CheckAsync();
        var synced = flushes is null ? null : (long?)await flushes.SinceAsync();
        if (synced == 0)
            throw new Checking.WrongResultException("PostgreSQL never synced its log to disk.");
        return new Window(usage, sent, delivered, frames, load.Latency, load.Late, scene.Deliveries.Latency, scene.Deliveries.SinceWritten, (double?)synced / (scene.Ledger.Total - sentBefore));

        long Frames() => scene.Readers.Sum(reader => reader.FramesRead);
    }
}
