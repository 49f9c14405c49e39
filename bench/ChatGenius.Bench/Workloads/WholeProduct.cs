using System.Diagnostics;
using System.Globalization;
using ChatGenius.Bench.Loads;
using ChatGenius.Bench.Measuring;
using ChatGenius.Bench.Reports;
using ChatGenius.Bench.Systems;

namespace ChatGenius.Bench.Workloads;

/// <summary>Channels of very different sizes: the k-th has 1,000 / k members of the whole, as many as there are users at most, and two at least.</summary>
internal sealed record ZipfSize(int Channels, int Users) : SceneSize(Channels, Users, ReaderUsers: 0)
{
    public override IReadOnlyList<int> ChannelsOf(int sender) => [.. Enumerable.Range(0, Channels).Where(channel => Among(channel, sender))];

    public override IEnumerable<int> SendersOf(int channel) => Enumerable.Range(0, Users).Where(user => Among(channel, user));

    // The members of each channel stand side by side, each channel's a bit further on; everyone is in one of the large ones.
    bool Among(int channel, int user)
    {
        var members = channel == 0 ? Users / 2 : channel == 1 ? Users - Users / 2 : Math.Max(2, Users / 2 / channel);
        var first = channel == 1 ? Users / 2 : channel * 7919 % Users;
        return (user - (channel == 0 ? 0 : first) + Users) % Users < members;
    }
}

/// <summary>The whole product as people use it: everyone connected with all their channels live and present, 20 messages a second, one in a hundred reconnects each minute.</summary>
internal sealed class WholeProduct(int? users, int? seconds) : Workload
{
    const int Channels = 100;
    const double PerSecond = 20, ChurnPerMinute = 0.01;

    public override string Name => "W8";
    public override string Title => "the whole product";

    public override async Task RunAsync(Effort effort, Report report)
    {
        var (people, lasts) = (users ?? (effort.Quick ? 200 : 2000), TimeSpan.FromSeconds(seconds ?? (effort.Quick ? 30 : 600)));
        foreach (var system in await effort.StartAsync(OurSystem.Distributed))
            await using (system)
            {
                await using var scene = await system.OpenAsync(new ZipfSize(Channels, people));
                await scene.ReadAsync(people, scene.Size.ChannelsOf);
                foreach (var reader in scene.Readers.Cast<OurReader>())
                    reader.BePresent();
                using var stop = new CancellationTokenSource();
                var churn = ChurnAsync(scene, TimeSpan.FromMinutes(1 / (people * ChurnPerMinute)), stop.Token);
                var memory = new List<long>();
                var window = Window.MeasureAsync(system, scene, () => Load.Open(scene, PerSecond), effort.WarmUp, lasts, beforeCheck: async () =>
                {
                    await stop.CancelAsync();
                    await churn;
                });
                for (var began = Stopwatch.GetTimestamp(); !window.IsCompleted; await Task.WhenAny(window, Task.Delay(lasts / 10)))
                    if (Stopwatch.GetElapsedTime(began) > effort.WarmUp)
                        memory.Add(Resident.Bytes(system.Parts));
                var measured = await window;
                report.Add(string.Create(CultureInfo.InvariantCulture, $"{people:N0} users, {PerSecond} messages a second, {lasts.TotalSeconds} s"), system.Name,
                [
                    ("deliveries / s", measured.Delivered / measured.Usage.Elapsed), ("delivery p50, ms", measured.Delivering.Percentile(0.5)), ("p99, ms", measured.Delivering.Percentile(0.99)),
                    ("ack p99, ms", measured.Acknowledging.Percentile(0.99)), ("CPU s / s", measured.Usage.Total / measured.Usage.Elapsed), ("reconnects", await churn),
                    ("memory at the beginning, MB", memory[0] / 1e6), ("at the end, MB", memory[^1] / 1e6), .. measured.Usage.Seconds.Select(part => ($"{part.Key}: ms / s", part.Value / measured.Usage.Elapsed * 1e3)),
                ]);
            }
    }

    static async Task<int> ChurnAsync(Scene scene, TimeSpan pause, CancellationToken stopped)
    {
        var (chance, count) = (new Random(1), 0);
        for (; ; count++)
        {
            await Task.Delay(pause, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stopped.IsCancellationRequested)
                return count;
            var reader = (OurReader)scene.Readers[chance.Next(scene.Readers.Count)];
            reader.Cut();
            await reader.ReturnAsync();
            reader.BePresent();
        }
    }
}
