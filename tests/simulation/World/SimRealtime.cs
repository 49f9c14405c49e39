using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Internal;
using ChatGenius.Feeds;
using ChatGenius.Hosting.Auth;
using ChatGenius.Realtime;
using ChatGenius.Realtime.Connections;
using ChatGenius.Realtime.LiveFeeds;
using ChatGenius.Realtime.Syncing;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatGenius.SimulationTests.World;

/// <summary>An instance of the realtime service: the service's own code on simulated wires.</summary>
internal sealed class SimRealtime
{
    readonly ConnectionCare _care;

    public SimRealtime(SimProcess by, SimWorld world)
    {
        By = by;
        var backplane = new SimBackplane(world.Cache, by);
        var services = new LiveFeedServices(backplane, owner => world.OwnerSeenBy(by, owner), world.Options.Tick, by.Time, world.FeedMeters, NullLogger.Instance, world.Options.Pace, world.Bug);
        var directory = new LiveFeedDirectory(services, world.Options.Linger);
        Syncer = new Syncer(directory, services);
        Sessions = new SessionEndFollower(new SessionEnds(world, by), by.Time);
        Connections = new LiveConnections(world.Options.Realtime, Sessions.HasEnded, world.ConnectionMeters, NullLogger.Instance, by.Time, world.Bug);
        by.Do(() => directory.RunAsync(CancellationToken.None));
        _care = new ConnectionCare(Connections, by.Time);
        by.Do(() => _care.RunAsync(CancellationToken.None));
        by.Do(() => Sessions.RunAsync(Connections.End, _ => { }, CancellationToken.None));
        foreach (var source in new[] { "channels", "messages" })
            world.Bus.Subscribe(by, source, "realtime-feeds", deltas => FeedsConsumer.Spread(deltas, backplane));
    }

    public SimProcess By { get; }

    /// <summary>True when it stops in order: the gateway sends it nobody any more.</summary>
    public bool IsDraining { get; private set; }

    public Syncer Syncer { get; }
    public LiveConnections Connections { get; }
    public SessionEndFollower Sessions { get; }

    /// <summary>Tells its clients to come back; ends when it may stop.</summary>
    public Task DrainAsync()
    {
        IsDraining = true;
        return _care.DrainAsync();
    }

    sealed class SessionEnds(SimWorld world, SimProcess by) : ISessionEnds
    {
        public Task<EndedSessions> SinceAsync(long number, CancellationToken cancellation) =>
            world.Network.CallAsync(by, () => world.Identity.By, () => world.Identity.SinceAsync(number, CancellationToken.None), cancellation);
    }
}

/// <summary>An owner as another process sees it: over the network, at whichever of its instances answers.</summary>
internal sealed class RemoteOwner(SimWorld world, SimProcess from, Func<SimOwner?> pick) : IFeedOwner
{
    public Task<PullAnswer> PullAsync(PullRequest request, CancellationToken cancellation) => CallAsync(owner => owner.PullAsync(request, CancellationToken.None), cancellation);

    public Task<ShardSums> SumsAsync(FeedKind kind, CancellationToken cancellation) => CallAsync(owner => owner.SumsAsync(kind, CancellationToken.None), cancellation);

    public Task<IReadOnlyList<Head>> ShardAsync(FeedKind kind, int shard, CancellationToken cancellation) => CallAsync(owner => owner.ShardAsync(kind, shard, CancellationToken.None), cancellation);

    async Task<T> CallAsync<T>(Func<SimOwner, Task<T>> body, CancellationToken cancellation)
    {
        var owner = pick();
        try
        {
            return await world.Network.CallAsync(from, () => owner?.Process, () => body(owner!), cancellation);
        }
        catch (SimDatabaseException away)
        {
            throw new HttpRequestException(away.Message);
        }
    }
}
