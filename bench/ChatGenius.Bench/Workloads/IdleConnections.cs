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
    const int Channels = 3, First = 100, Users = 50;
    static readonly TimeSpan s_settling = TimeSpan.FromSeconds(10);

    public override string Name => "W3";
    public override string Title => "idle connections, three channels live";

    public override async Task RunAsync(Effort effort, Report report)
    {
        // A file for each connection, two in a gateway; a few hundred are left for everything else.
        var files = OpenFiles();
        var (direct, behind) = (Math.Min(effort.Quick ? 2000 : 10_000, files - 500), Math.Min(effort.Quick ? 2000 : 10_000, (files - 500) / 2));
        report.Note(string.Create(CultureInfo.InvariantCulture, $"A process may open {files:N0} files here."));
        for (var run = 0; run < (effort.Quick ? 1 : effort.Runs); run++)
        {
            await MeasureAsync(() => Direct(OurSystem.Distributed()), "direct", direct, effort, report);
            await MeasureAsync(OurSystem.Distributed, "through the gateway", behind, effort, report);
            await MeasureAsync(() => new SocketIoSystem(), "direct", direct, effort, report);
            await MeasureAsync(() => new StockSignalR(), "direct", direct, effort, report);
            await MeasureAsync(() => new BareKestrel(), "direct", direct, effort, report);
        }

        static OurSystem Direct(OurSystem system)
        {
            system.ReadersGoTo = deployment => deployment.Of(Service.Realtime).BaseAddress;
            return system;
        }
    }

    // Memory that was used once stays with a process, so each measurement has processes of its own.
    static async Task MeasureAsync(Func<ChatSystem> make, string way, int connections, Effort effort, Report report)
    {
        foreach (var system in await effort.StartAsync(make))
            await using (system)
            {
                var channels = system is BareKestrel ? 1 : Channels;
                await using var scene = await system.OpenAsync(new SceneSize(channels, 1, Users));
                IReadOnlyList<ServerPart> parts = [.. system.Parts.Where(part => part.Name is "server" or Service.Realtime or Service.Gateway)];
                IReadOnlyList<int> all = [.. Enumerable.Range(0, channels)];
                await scene.ReadAsync(First, _ => all);
                await Task.Delay(s_settling);
                var firstMeter = new UsageMeter(system.Parts);
                await Task.Delay(effort.Lasts);
                var first = firstMeter.Read();
                var before = parts.ToDictionary(part => part.Name, part => Resident.Bytes(part.ProcessId));
                await scene.ReadAsync(connections - First, _ => all);
                await Task.Delay(s_settling);
                var meter = new UsageMeter(system.Parts);
                await Task.Delay(effort.Lasts * 2);
                var usage = meter.Read();
                var memory = parts.Select(part => ($"{part.Name}: KB / connection", (Resident.Bytes(part.ProcessId) - before[part.Name]) / 1024.0 / (connections - First))).ToList();
                var load = Load.Closed(scene);
                await Task.Delay(TimeSpan.FromMilliseconds(1));
                await load.StopAsync();
                await scene.CheckAsync();
                report.Add(string.Create(CultureInfo.InvariantCulture, $"{connections:N0}, {way}"), system.Name,
                [
                    .. memory, ("µs CPU / connection and s", More(usage.Total, first.Total)), ("ms CPU / s with 100", first.Total / first.Elapsed * 1e3),
                    .. usage.Seconds.Select(part => ($"{part.Key}: µs", More(part.Value, first.Seconds[part.Key]))),
                ]);

                double More(double used, double usedFirst) => (used / usage.Elapsed - usedFirst / first.Elapsed) / (connections - First) * 1e6;
            }
    }

    static int OpenFiles() =>
        int.Parse(File.ReadLines("/proc/self/limits").First(line => line.StartsWith("Max open files", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[3], CultureInfo.InvariantCulture);
}
