using System.Collections.Concurrent;
using ChatGenius.Realtime.Backplane;
using ChatGenius.Realtime.Connections;

namespace ChatGenius.Realtime.Presence;

/// <summary>
/// Who is here: kept as leases that each instance renews, said in batches at most twice a second to the connections that watch. Ephemeral; never part of a feed. Thread-safe.
/// </summary>
internal sealed class PresenceBoard(LiveConnections connections, IPresenceStore store, IBackplane backplane, IOptions<RealtimeSettings> settings, TimeProvider time) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    readonly ConcurrentDictionary<Guid, bool> _changed = new();

    /// <summary>Sets what a connection says of its user.</summary>
    public Task<bool> SetAsync(LiveConnection connection, string state)
    {
        connection.Presence = state;
        _changed[connection.UserId] = true;
        return Task.FromResult(true);
    }

    /// <summary>Replaces whom a connection watches, and tells it how they are now.</summary>
    public async Task<bool> WatchAsync(LiveConnection connection, IReadOnlyList<Guid> users)
    {
        connection.Watched = users.ToHashSet();
        var states = await store.GetAsync(users);
        if (states.Count > 0)
            connection.Send(Outgoing.Presence([.. states.Select(s => new PresenceSeen { UserId = s.Key, State = s.Value })]));
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        connections.Changed += connection => _changed[connection.UserId] = true;
        await backplane.SubscribeAsync(Topics.Presence, Tell);
        using var timer = new PeriodicTimer(Interval, time);
        var renewed = time.GetTimestamp();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (time.GetElapsedTime(renewed) > settings.Value.PresenceLease / 3)
            {
                renewed = time.GetTimestamp();
                await Task.WhenAll(connections.All.Select(c => c.UserId).Distinct().Select(u => store.SetAsync(u, HereState(u))));
            }
            await SayChangesAsync();
        }
    }

    async Task SayChangesAsync()
    {
        var users = _changed.Keys.ToList();
        if (users.Count == 0)
            return;
        foreach (var user in users)
        {
            _changed.TryRemove(user, out _);
            await store.SetAsync(user, HereState(user));
        }
        var states = await store.GetAsync(users);
        backplane.Publish(Topics.Presence, states.Select(s => new PresenceSeen { UserId = s.Key, State = s.Value }).ToArray());
    }

    string HereState(Guid user)
    {
        var here = connections.Of(user).Where(c => !c.Gone.IsCancellationRequested).Select(c => c.Presence).ToList();
        return here.Contains(PresenceState.Active) ? PresenceState.Active : here.Count > 0 ? PresenceState.Away : PresenceState.Offline;
    }

    void Tell(PresenceSeen[] presence)
    {
        foreach (var connection in connections.All.Where(c => c.Watched.Count > 0))
        {
            var seen = presence.Where(p => connection.Watched.Contains(p.UserId)).ToArray();
            if (seen.Length > 0)
                connection.Send(Outgoing.Presence(seen));
        }
    }
}
