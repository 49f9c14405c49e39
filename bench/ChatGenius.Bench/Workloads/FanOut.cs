using System.Globalization;
using ChatGenius.Bench.Loads;
using ChatGenius.Bench.Measuring;
using ChatGenius.Bench.Reports;
using ChatGenius.Bench.Systems;

namespace ChatGenius.Bench.Workloads;

/// <summary>
/// One channel with many readers; each message is committed before it is delivered. As much as is delivered with 64 messages on their way, then half of that, then a rate that is the same for all, where
/// nothing waits together, then half of what was reached again, while one reader in a hundred has stopped reading.
/// </summary>
internal sealed class FanOut : Workload
{
    const int Senders = 8, OnTheirWay = 64;

    /// <summary>Messages a second.</summary>
    const int CalmRate = 20;

    /// <summary>As so many users the readers connect.</summary>
    const int Users = 20;

    public override string Name => "W2";
    public override string Title => "fan-out, one channel, 1 to N";

    public override async Task RunAsync(Effort effort, Report report)
    {
        var systems = await effort.StartAsync([.. effort.Ours(OurSystem.Distributed), () => new SocketIoSystem(), () => new StockSignalR(), () => new BareKestrel()]);
        try
        {
            foreach (var system in systems)
                await WarmUp.RehearseAsync(system, new SceneSize(1, Senders, Users), 1000, scene => Load.Delivered(scene, OnTheirWay));
            for (var run = 0; run < effort.Runs; run++)
                foreach (var readers in effort.Quick ? [1000] : (int[])[100, 1000, 5000])
                    foreach (var system in systems)
                        await MeasureAsync(system, readers, effort, report);
        }
        finally
        {
            foreach (var system in systems)
                await system.DisposeAsync();
        }
    }

    static async Task MeasureAsync(ChatSystem system, int readers, Effort effort, Report report)
    {
        await using var scene = await system.OpenAsync(new SceneSize(1, Senders, Users));
        await scene.ReadAsync(readers, _ => [0]);
        var name = string.Create(CultureInfo.InvariantCulture, $"N = {readers:N0}");
        var full = await Window.MeasureAsync(system, scene, () => Load.Delivered(scene, OnTheirWay), effort.WarmUp, effort.Lasts);
        report.Add(name, system.Name, [.. Costs.Of(full, full.Delivered, "delivery", "deliveries"), ("deliveries / frame", (double)full.Delivered / full.Frames)]);

        var rate = full.Sent / full.Usage.Elapsed / 2;
        var half = await AtAsync(rate);
        report.Add(name, system.Name, [.. Figures("half", half)]);
        // The scene has one histogram, which the next window clears.
        var without = half.Delivering.Percentile(0.99);

        report.Add(name, system.Name, [.. Figures($"{CalmRate} a second", await AtAsync(CalmRate))]);

        // Whoever is closed for not reading is not missed.
        var before = Memory();
        var stalled = await scene.ReadToStallAsync(Math.Max(1, readers / 100));
        foreach (var reader in stalled)
            reader.Stall();
        var withStalled = await AtAsync(rate);
        report.Add(name, system.Name, [.. Figures("1 % stalled", withStalled), ("1 % stalled: p99, times", withStalled.Delivering.Percentile(0.99) / without), ("1 % stalled: memory grew, MB", (Memory() - before) / 1e6)]);
        foreach (var reader in stalled)
            await reader.DisposeAsync();

        Task<Window> AtAsync(double perSecond) => Window.MeasureAsync(system, scene, () => Load.Open(scene, perSecond), TimeSpan.FromSeconds(2), effort.Lasts);

        long Memory() => Resident.Bytes(system.Parts);
    }

    static IEnumerable<(string, double)> Figures(string when, Window window)
    {
        yield return ($"{when}: µs / delivery", window.Usage.Total / window.Delivered * 1e6);
        foreach (var (name, times) in new[] { ("", window.Delivering), ("acknowledged ", window.Acknowledging), ("sent late ", window.Late), ("from commit ", window.SinceWritten) })
            if (times.Count > 0)
            {
                yield return ($"{when}: {name}p50, ms", times.Percentile(0.5));
                yield return ($"{when}: {name}p99, ms", times.Percentile(0.99));
            }
    }
}
