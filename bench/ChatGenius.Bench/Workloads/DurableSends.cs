using System.Globalization;
using ChatGenius.Bench.Loads;
using ChatGenius.Bench.Reports;
using ChatGenius.Bench.Systems;

namespace ChatGenius.Bench.Workloads;

/// <summary>
/// 64 senders, each waiting for its acknowledgement before it sends again, over 1, 64 and 1,000 channels; then at half the rate that was reached, for the latency,
/// and at a rate that is the same for all, where nothing waits together. One reader of all
/// channels sees that everything arrives. In one more case each of the 64 also reads their one channel, as people who chat do.
/// </summary>
internal sealed class DurableSends : Workload
{
    const int Senders = 64;

    /// <summary>Messages a second.</summary>
    const int CalmRate = 200;

    public override string Name => "W1";
    public override string Title => "durable sends, 64 senders";

    public override async Task RunAsync(Effort effort, Report report)
    {
        var systems = await effort.StartAsync([.. effort.Ours(OurSystem.Distributed), .. effort.Ours(OurSystem.Host), () => new SocketIoSystem()]);
        try
        {
            foreach (var system in systems)
                await WarmUp.RehearseAsync(system, new SceneSize(1, Senders), Senders, Load.Closed);
            for (var run = 0; run < effort.Runs; run++)
                foreach (var (channels, readers) in effort.Quick ? [(64, 1), (1, Senders)] : ((int, int)[])[(1, 1), (64, 1), (1000, 1), (1, Senders)])
                    foreach (var system in systems)
                        await MeasureAsync(system, channels, readers, effort, report);
        }
        finally
        {
            foreach (var system in systems)
                await system.DisposeAsync();
        }
        await Floors.MeasureAsync(effort, report);
    }

    static async Task MeasureAsync(ChatSystem system, int channels, int readers, Effort effort, Report report)
    {
        await using var scene = await system.OpenAsync(new SceneSize(channels, Senders));
        await scene.ReadAsync(readers, _ => [.. Enumerable.Range(0, channels)]);
        var full = await Window.MeasureAsync(system, scene, () => Load.Closed(scene), effort.WarmUp, effort.Lasts);
        var name = string.Create(CultureInfo.InvariantCulture, $"{channels} channel{(channels == 1 ? "" : "s")}{(readers == 1 ? "" : $", {readers} readers")}");
        report.Add(name, system.Name, Costs.Of(full, full.Sent, "send", "sends").Append(("flushes / send", full.FlushesPerSend ?? double.NaN)).Append(("frames / send", (double)full.Frames / full.Sent)).Where(figure => !double.IsNaN(figure.Item2)));
        var half = await Window.MeasureAsync(system, scene, () => Load.Open(scene, full.Sent / full.Usage.Elapsed / 2), TimeSpan.FromSeconds(2), effort.Lasts);
        report.Add(name, system.Name,
            ("half load: µs / send", half.Usage.Total / half.Sent * 1e6), ("half load: ack p50, ms", half.Acknowledging.Percentile(0.5)), ("half load: ack p99, ms", half.Acknowledging.Percentile(0.99)), ("half load: sent late p99, ms", half.Late.Percentile(0.99)));
        var calm = await Window.MeasureAsync(system, scene, () => Load.Open(scene, CalmRate), TimeSpan.FromSeconds(2), effort.Lasts);
        report.Add(name, system.Name,
        [
            ($"{CalmRate} a second: µs / send", calm.Usage.Total / calm.Sent * 1e6), .. calm.Usage.Seconds.Select(part => ($"{CalmRate} a second: {part.Key}", part.Value / calm.Sent * 1e6)),
            ($"{CalmRate} a second: ack p50, ms", calm.Acknowledging.Percentile(0.5)), ($"{CalmRate} a second: ack p99, ms", calm.Acknowledging.Percentile(0.99)),
        ]);
    }
}
