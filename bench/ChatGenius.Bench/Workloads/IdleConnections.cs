using System.Globalization;
using ChatGenius.Bench.Loads;
using ChatGenius.Bench.Measuring;
using ChatGenius.Bench.Reports;
using ChatGenius.Bench.Systems;
using ChatGenius.TestSupport.Deployments;

namespace ChatGenius.Bench.Workloads;

/// <summary>
/// Connections that read three channels in which nothing happens. Memory and time are what the processes hold resident and use more than with the first 100 connections, after a pause, pings, heads
/// and all. At the end each connection gets a message in each channel: they were alive.
/// </summary>
internal sealed class IdleConnections : Workload
{
    const int Channels = 3, First = 100, Users = 50, ManyChannels = 500, OfMany = 4;
    static readonly TimeSpan s_settling = TimeSpan.FromSeconds(10);
    static readonly int[] s_smaller = [1000, 3000];
    static readonly Variant s_often = new(null, null, new Dictionary<string, string?> { ["ChatGenius__FollowInterval"] = "00:00:00.5" });

    public override string Name => "W3";
    public override string Title => "idle connections, three channels live";

    public override async Task RunAsync(Effort effort, Report report)
    {
        // A file for each connection, in a gateway, too; a few hundred are left for everything else.
        var files = OpenFiles();
        var connections = Math.Min(effort.Quick ? 2000 : 10_000, files - 500);
        report.Note(string.Create(CultureInfo.InvariantCulture, $"A process may open {files:N0} files here."));
        for (var run = 0; run < (effort.Quick ? 1 : effort.Runs); run++)
        {
            await MeasureAsync(() => Direct(OurSystem.Distributed()), "direct", connections, effort, report);
            // What an instance compares with owners at each tick is the feeds that its connections read, not the connections: here there are a thousand.
            await MeasureAsync(() => Direct(OurSystem.Distributed()), string.Create(CultureInfo.InvariantCulture, $"{OfMany} of {ManyChannels} channels each"), connections, effort, report, ManyChannels, OfMany);
            // Eight times as often: the difference is what comparing costs, apart from all else that goes on.
            await MeasureAsync(() => Direct(OurSystem.Distributed(s_often)), string.Create(CultureInfo.InvariantCulture, $"{OfMany} of {ManyChannels} channels each, compared every 0.5 s"), connections, effort, report, ManyChannels, OfMany);
            await MeasureAsync(() => OurSystem.Distributed(), "through the gateway", connections, effort, report);
            await MeasureAsync(() => new SocketIoSystem(), "direct", connections, effort, report);
            await MeasureAsync(() => new StockSignalR(), "direct", connections, effort, report);
            await MeasureAsync(() => new BareKestrel(), "direct", connections, effort, report);
        }

        static OurSystem Direct(OurSystem system)
        {
            system.ReadersGoTo = deployment => deployment.Of(Service.Realtime).BaseAddress;
            return system;
        }
    }

    // Memory that was used once stays with a process, so each measurement has processes of its own, and its sizes grow.
    static async Task MeasureAsync(Func<ChatSystem> make, string way, int connections, Effort effort, Report report, int channels = Channels, int ofEach = Channels)
    {
        foreach (var system in await effort.StartAsync(make))
            await using (system)
            {
                if (system is BareKestrel)
                    channels = ofEach = 1;
                await using var scene = await system.OpenAsync(new SceneSize(channels, 1, Users));
                IReadOnlyList<ServerPart> parts = [.. system.Parts.Where(part => part.Name is "server" or Service.Realtime or Service.Gateway)];
                await scene.ReadAsync(First, ChannelsOf);
                await Task.Delay(s_settling);
                var first = await SettledAsync(system, effort);
                var before = parts.ToDictionary(part => part.Name, part => Resident.Bytes(part.ProcessId));
                foreach (var size in (int[])[.. effort.Quick ? [] : s_smaller.Where(smaller => smaller < connections), connections])
                {
                    await scene.ReadAsync(size - scene.Readers.Count, ChannelsOf);
                    await Task.Delay(s_settling);
                    var meter = new UsageMeter(system.Parts);
                    await Task.Delay(effort.Lasts * 2);
                    var usage = meter.Read();
                    report.Add(string.Create(CultureInfo.InvariantCulture, $"{size:N0}, {way}"), system.Name,
                    [
                        .. parts.Select(part => (part.Name == Service.Gateway ? "gateway: KB / connection" : "KB / connection", (Resident.Bytes(part.ProcessId) - before[part.Name]) / 1024.0 / (size - First))),
                        ("µs CPU / connection and s", More(usage.Total, first.Total)), ("ms CPU / s", usage.Total / usage.Elapsed * 1e3), ("ms CPU / s with 100", first.Total / first.Elapsed * 1e3), .. usage.Seconds.Select(part => ($"{part.Key}: µs", More(part.Value, first.Seconds[part.Key]))),
                    ]);

                    double More(double used, double usedFirst) => (used / usage.Elapsed - usedFirst / first.Elapsed) / (size - First) * 1e6;
                }
                var load = Load.Closed(scene);
                await Task.Delay(TimeSpan.FromMilliseconds(1));
                await load.StopAsync();
                await scene.CheckAsync();
            }

        IReadOnlyList<int> ChannelsOf(int reader) => [.. Enumerable.Range(0, ofEach).Select(i => (reader * ofEach + i) % channels)];
    }

    // What has just started goes on compiling for a minute; taken for the cost of rest, it made that of connections negative.
    static async Task<Usage> SettledAsync(ChatSystem system, Effort effort)
    {
        var usage = await WindowAsync();
        for (var tries = 0; tries < 10; tries++)
        {
            var before = usage.Total / usage.Elapsed;
            usage = await WindowAsync();
            if (usage.Total / usage.Elapsed > before * 0.9)
                break;
        }
        return usage;

        async Task<Usage> WindowAsync()
        {
            var meter = new UsageMeter(system.Parts);
            await Task.Delay(effort.Lasts);
            return meter.Read();
        }
    }

    static int OpenFiles() =>
        int.Parse(File.ReadLines("/proc/self/limits").First(line => line.StartsWith("Max open files", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[3], CultureInfo.InvariantCulture);
}
