using ChatGenius.TestSupport.Deployments;
using ChatGenius.TestSupport.Network;
using ChatGenius.TestSupport.Servers;
using ChatGenius.TestSupport.Waiting;

namespace ChatGenius.FaultTests.Crowds;

/// <summary>Everything that can go wrong in a deployment whose hops are proxied, with two instances of messages and of realtime.</summary>
/// <param name="deployment">Where.</param>
/// <param name="moment">How long what lasts lasts.</param>
internal sealed class FaultCatalog(DistributedDeployment deployment, TimeSpan moment)
{
    Hops Hops => deployment.Hops;

    /// <summary>Each once, in no special order.</summary>
    public IReadOnlyList<Fault> All() => [.. Servers(), .. Processes(), .. Links()];

    IEnumerable<Fault> Servers()
    {
        var servers = deployment.Servers;
        yield return Killed(servers.RabbitMq);
        yield return Killed(servers.Redis);
        yield return Killed(servers.Postgres);
        var purging = new CancellationTokenSource();
        var purged = Task.CompletedTask;
        yield return new Fault(FaultKind.Pause, "the broker's queues are purged", () =>
        {
            purging = new CancellationTokenSource();
            purged = PurgeAsync(purging.Token);
            return Task.CompletedTask;
        }, async () =>
        {
            await purging.CancelAsync();
            await purged;
        }, moment);
    }

    IEnumerable<Fault> Processes()
    {
        foreach (var process in deployment.Processes.Where(process => !process.Name.EndsWith("-2", StringComparison.Ordinal)))
            yield return new Fault(FaultKind.Death, $"{process.Name} is killed", process.KillAsync, () => process.StartAsync(), TimeSpan.Zero);
        foreach (var process in deployment.Processes.Where(process => !process.Name.EndsWith("-1", StringComparison.Ordinal)))
            yield return new Fault(FaultKind.Pause, $"{process.Name} stands still", Do(process.Freeze), Do(process.Thaw), moment);
    }

    IEnumerable<Fault> Links()
    {
        yield return OfLinks("messages-2 is cut off the network", Hops.Around("messages-2"), hop => hop.Mute());
        yield return OfLinks("realtime-1 is cut off the network", Hops.Around("realtime-1"), hop => hop.Mute());
        yield return OfLinks("channels cannot be reached", Hops.To(Service.Channels), hop => hop.Refuse());
        yield return OfLinks("every link is slow", Hops.All, hop => hop.Quality = new LinkQuality(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(20)));
        yield return OfLinks("clients have little bandwidth", Hops.To(Service.Gateway), hop => hop.Quality = new LinkQuality(BytesPerSecond: 4096));
        yield return OfLinks("clients are half open", Hops.To(Service.Gateway), hop => hop.Mute());
        yield return OfLinks("clients hear nothing", Hops.To(Service.Gateway), hop => hop.Hold(Direction.ToClient));
        yield return OfLinks("every connection is reset", Hops.All, hop => hop.Reset(), TimeSpan.Zero);
        foreach (var part in (string[])[Service.Gateway, "messages-1", "realtime-2", Hops.Broker, Hops.Cache, Hops.Database])
            yield return OfLinks($"links to {part} are cut mid-frame", Hops.To(part), hop => hop.CutAfter(Direction.ToClient, 777)) with { Kind = FaultKind.Cut };
        yield return OfLinks("commands to the database do not arrive whole", Hops.To(Hops.Database), hop => hop.CutAfter(Direction.ToServer, 3001));
    }

    static Fault Killed(IServer server) => new(
        FaultKind.Death, $"{server.Name} is killed", server.KillAsync,
        // A killed PostgreSQL starts once the last of its orphaned processes has noticed.
        () => Eventually.Succeeds(() => server.StartAsync(), TimeSpan.FromSeconds(60)), TimeSpan.Zero);

    Fault OfLinks(string name, IReadOnlyList<FaultProxy> hops, Action<FaultProxy> fault, TimeSpan? lasts = null) => new(
        FaultKind.Link, name, Do(() => Each(hops, fault)), Do(() => Each(hops, hop => hop.Heal())), lasts ?? moment);

    async Task PurgeAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await BrokerQueues.PurgeAsync(deployment.Servers.RabbitMq, ["realtime-feeds", "messages-follows-channels", "channels-follows-identity"]);
            await Task.Delay(20, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    static void Each(IReadOnlyList<FaultProxy> hops, Action<FaultProxy> act)
    {
        foreach (var hop in hops)
            act(hop);
    }

    static Func<Task> Do(Action act) => () =>
    {
        act();
        return Task.CompletedTask;
    };
}
