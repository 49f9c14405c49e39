using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using ChatGenius.Bench.Loads;
using ChatGenius.Bench.Measuring;
using ChatGenius.Bench.Reports;
using ChatGenius.Bench.Systems;

namespace ChatGenius.Bench.Workloads;

/// <summary>
/// Thousands of readers of five channels each are cut off at once and come back within a second, while 200 messages a second go on. Measured until every one has all that was sent while they were
/// away. What the messages cost when nobody is away is told beside it; to take it off takes too much, since who is away costs nothing.
/// </summary>
internal sealed class ReconnectStorm : Workload
{
    const int Channels = 500, ChannelsOfEach = 5, Senders = 20, Users = 20;
    const double PerSecond = 200;

    public override string Name => "W4";
    public override string Title => "reconnect storm, five channels each, 200 messages a second going on";

    public override async Task RunAsync(Effort effort, Report report)
    {
        var systems = await effort.StartAsync(OurSystem.Distributed, () => new SocketIoSystem());
        try
        {
            // The first storm is the warm-up.
            var warm = false;
            foreach (var readers in effort.Quick ? [1000] : (int[])[500, 1500, 5000])
            {
                var scenes = new List<(ChatSystem System, Scene Scene)>();
                foreach (var system in systems)
                {
                    var scene = await system.OpenAsync(new SceneSize(Channels, Senders, Users));
                    await scene.ReadAsync(readers, reader => [.. Enumerable.Range(0, ChannelsOfEach).Select(i => (reader * ChannelsOfEach + i) % Channels)]);
                    scenes.Add((system, scene));
                }
                for (var run = warm ? 0 : -1; run < effort.Runs; run++)
                    foreach (var (system, scene) in scenes)
                        await MeasureAsync(system, scene, run >= 0, effort, report);
                warm = true;
                foreach (var (_, scene) in scenes)
                    await scene.DisposeAsync();
            }
        }
        finally
        {
            foreach (var system in systems)
                await system.DisposeAsync();
        }
    }

    static async Task MeasureAsync(ChatSystem system, Scene scene, bool counts, Effort effort, Report report)
    {
        var load = Load.Open(scene, PerSecond);
        await Task.Delay(TimeSpan.FromSeconds(3));
        var calm = new UsageMeter(system.Parts);
        await Task.Delay(effort.Lasts);
        var calmly = calm.Read();

        foreach (var reader in scene.Readers)
            reader.Cut();
        var (meter, began, chance, refused) = (new UsageMeter(system.Parts), Stopwatch.GetTimestamp(), new Random(1), new ConcurrentDictionary<string, int>());
        await Task.WhenAll(scene.Readers.Select(reader => ReturnAsync(reader, TimeSpan.FromSeconds(chance.NextDouble()))));
        var (back, usage) = (Stopwatch.GetElapsedTime(began).TotalSeconds, meter.Read());
        await load.ThrowIfFailedAsync();
        await load.StopAsync();
        await scene.CheckAsync();
        foreach (var (said, times) in refused)
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{system.Name}: {times} attempts refused: {said}"));
        if (!counts)
            return;
        var storm = usage.Total - calmly.Total / calmly.Elapsed * usage.Elapsed;
        report.Add(string.Create(CultureInfo.InvariantCulture, $"{scene.Readers.Count:N0} readers"), system.Name,
        [
            ("µs / reconnect", usage.Total / scene.Readers.Count * 1e6), ("all at head after, s", back), ("reconnects / CPU s", scene.Readers.Count / usage.Total), ("without the messages, µs", storm / scene.Readers.Count * 1e6), ("calm: CPU s / s", calmly.Total / calmly.Elapsed), ("attempts refused", refused.Values.Sum()),
            .. usage.Seconds.Select(part => (part.Key, part.Value / scene.Readers.Count * 1e6)),
        ]);

        async Task ReturnAsync(IReader reader, TimeSpan pause)
        {
            for (; ; pause = TimeSpan.FromSeconds(1))
            {
                await Task.Delay(pause);
                try
                {
                    await reader.ReturnAsync();
                    return;
                }
                catch (Exception failure) when (failure is IOException or SocketException)
                {
                    refused.AddOrUpdate(failure.Message, 1, (_, before) => before + 1);
                }
            }
        }
    }
}
