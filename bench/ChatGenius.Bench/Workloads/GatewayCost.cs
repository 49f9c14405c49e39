using System.Text;
using ChatGenius.Bench.Checking;
using ChatGenius.Bench.Loads;
using ChatGenius.Bench.Measuring;
using ChatGenius.Bench.Reports;
using ChatGenius.Bench.Systems;
using ChatGenius.Bench.Wires;

namespace ChatGenius.Bench.Workloads;

/// <summary>What the gateway's own process uses for each request that it passes on, and for each message that it passes to a socket, beside nginx and beside YARP with nothing around it, in front of the same services.</summary>
internal sealed class GatewayCost : Workload
{
    const int Clients = 32, Readers = 500, Users = 20;
    const double MessagesPerSecond = 20;

    public override string Name => "W7";
    public override string Title => "the gateway's own cost, beside nginx and bare YARP";

    public override async Task RunAsync(Effort effort, Report report)
    {
        foreach (var system in await effort.StartAsync(OurSystem.Distributed))
            await using (system)
            {
                var ours = (OurSystem)system;
                await using var nginx = await Nginx.StartAsync(ours.Deployment);
                if (nginx is null)
                    report.Note("There is no nginx on this machine, and none could be had from Debian.");
                await using var yarp = await BareYarp.StartAsync(ours.Deployment);
                List<(string Name, Uri Address, ServerPart Part)> ways = [("ChatGenius gateway", ours.Deployment.BaseAddress, ours.Parts.First(part => part.Name == "gateway")), ("bare YARP", yarp.Address, yarp.Part)];
                if (nginx is not null)
                    ways.Add(("nginx", nginx.Address, nginx.Part));
                // The first round does not count: services that are not warm yet answer slower, and the way that is measured first would bear it.
                for (var run = 0; run <= effort.Runs; run++)
                    foreach (var way in ways)
                    {
                        await RequestsAsync(ours, way, effort, run == 0 ? null : report);
                        await SocketsAsync(ours, way, effort, run == 0 ? null : report);
                    }
            }
    }

    static async Task RequestsAsync(OurSystem system, (string Name, Uri Address, ServerPart Part) way, Effort effort, Report? report)
    {
        await using var scene = await system.OpenAsync(new SceneSize(1, 1));
        var request = Encoding.ASCII.GetBytes(((OurSender)scene.Senders[0]).PageRequest(0));
        var wires = new List<HttpWire>();
        for (var client = 0; client < Clients; client++)
            wires.Add(await HttpWire.OpenAsync(way.Address));
        var result = await Requests.MeasureAsync([way.Part], [.. wires.Select(wire => (Func<ValueTask>)(async () =>
        {
            var (status, answer) = await wire.ExchangeAsync(request);
            if (status != 200)
                throw new WrongResultException($"A page was answered {Encoding.UTF8.GetString(answer.Span)}");
        }))], effort.WarmUp, effort.Lasts);
        foreach (var wire in wires)
            await wire.DisposeAsync();
        report?.Add("small GET", way.Name, ("µs / request", result.Usage.Total / result.Done * 1e6), ("requests / s", result.Done / result.Usage.Elapsed), ("half: p99, ms", result.Latency.Percentile(0.99)));
    }

    static async Task SocketsAsync(OurSystem system, (string Name, Uri Address, ServerPart Part) way, Effort effort, Report? report)
    {
        system.ReadersGoTo = _ => way.Address;
        await using var scene = await system.OpenAsync(new SceneSize(1, 1, Users));
        await scene.ReadAsync(Readers, _ => [0]);
        var load = Load.Open(scene, MessagesPerSecond);
        await WarmUp.PassAsync(effort.WarmUp, () => scene.Deliveries.Count);
        var (bytes, delivered, meter) = (scene.Readers.Sum(reader => reader.BytesRead), scene.Deliveries.Count, new UsageMeter([way.Part]));
        await Task.Delay(effort.Lasts);
        var usage = meter.Read();
        (bytes, delivered) = (scene.Readers.Sum(reader => reader.BytesRead) - bytes, scene.Deliveries.Count - delivered);
        await load.StopAsync();
        await scene.CheckAsync();
        report?.Add("500 sockets, 20 messages a second to each", way.Name, ("µs / delivery", usage.Total / delivered * 1e6), ("ns / byte", usage.Total / bytes * 1e9));
    }
}
