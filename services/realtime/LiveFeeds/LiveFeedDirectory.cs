using ChatGenius.Realtime.Connections;

namespace ChatGenius.Realtime.LiveFeeds;

/// <summary>
/// The feeds that this instance follows: made when someone asks, compared with their owners at every tick and after the backplane was away, retired when nobody has read
/// them for a while. Thread-safe.
/// </summary>
/// <param name="services">What the feeds share.</param>
/// <param name="linger">How long a feed that nobody reads is kept.</param>
internal sealed partial class LiveFeedDirectory(LiveFeedServices services, TimeSpan linger)
{
    const int PullBatch = 500;
    static readonly TimeSpan s_afterFailure = TimeSpan.FromSeconds(1);
    readonly Lock _gate = new();
    readonly Dictionary<FeedName, LiveFeed> _feeds = [];
    readonly Wakeup _tickNow = new(services.Time);

    /// <summary>The feed, made when it is not at hand.</summary>
    public LiveFeed Get(FeedName name)
    {
        lock (_gate)
            return Find(name);
    }

    /// <summary>
    /// Lets go of a feed at once when nobody reads it: asking for what one may not read leaves nothing behind. One that another has let go already is over; what came after it under its name stays.
    /// </summary>
    public void RetireIfUnread(LiveFeed feed)
    {
        lock (_gate)
            foreach (var idle in new[] { feed, feed.Members })
                if (idle is not null && _feeds.GetValueOrDefault(idle.Name) == idle && idle.TryRetire())
                    _feeds.Remove(idle.Name);
    }

    /// <summary>Takes a connection off everything.</summary>
    public static void Leave(LiveConnection connection)
    {
        foreach (var feed in connection.Feeds.Values)
            feed.Readers.Unregister(connection);
    }

    /// <summary>Ticks until the token ends it.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        services.Backplane.Restored += _tickNow.Call;
        for (var whole = true; !cancellation.IsCancellationRequested;)
        {
            // An owner that did not answer has used up most of a tick already.
            await _tickNow.WaitAsync(whole || services.Tick < s_afterFailure ? services.Tick : s_afterFailure, cancellation);
            Retire();
            whole = services.Bug == Bug.NoTick || await CompareAsync(cancellation);
        }
    }

    LiveFeed Find(FeedName name)
    {
        if (_feeds.TryGetValue(name, out var feed))
            return feed;
        var members = name.Kind == FeedKind.Messages ? Find(FeedName.Members(name.Id)) : null;
        return _feeds[name] = new LiveFeed(name, members, services);
    }

    // False when an owner did not answer.
    async Task<bool> CompareAsync(CancellationToken cancellation)
    {
        LiveFeed[] feeds;
        lock (_gate)
            feeds = [.. _feeds.Values];
        var owners = await Task.WhenAll(feeds.Where(f => f.Stands.Epoch > 0).GroupBy(f => f.Name.Owner).Select(owned => CompareAsync(owned.Key, [.. owned], cancellation)));
        return owners.All(answered => answered);
    }

    async Task<bool> CompareAsync(string owner, LiveFeed[] feeds, CancellationToken cancellation)
    {
        var (answered, behind) = (true, 0L);
        foreach (var batch in feeds.Chunk(PullBatch))
        {
            try
            {
                var answer = await services.Owner(batch[0].Name).PullAsync(new PullRequest
                {
                    Follower = true,
                    Positions = [.. batch.Select(f => f.Stands).Select(s => new SyncPosition { Feed = s.Feed, Epoch = s.Epoch, Revision = s.Revision })],
                }, cancellation);
                var (deltas, heads) = (answer.Deltas.ToDictionary(d => d.Feed), answer.Heads.ToDictionary(h => h.Feed));
                behind += batch.Sum(f => heads.TryGetValue(f.Name.ToString(), out var head) ? Math.Max(0, head.Revision - f.Stands.Revision) : 0);
                foreach (var feed in batch)
                    feed.Take(new FeedRead(deltas.GetValueOrDefault(feed.Name.ToString()), heads.GetValueOrDefault(feed.Name.ToString()), null), countAsRepair: true);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
            {
                answered = false;
                services.Meters.NotCompared(owner);
                LogAway(services.Logger, owner, failure.Message);
            }
        }
        services.Meters.Compared(owner, behind);
        return answered;
    }

    void Retire()
    {
        lock (_gate)
            foreach (var feed in _feeds.Values.Where(f => !f.IsRead && services.Time.GetElapsedTime(f.Readers.IdleSince) > linger).ToList())
                if (feed.TryRetire())
                    _feeds.Remove(feed.Name);
    }

    [LoggerMessage(4102, LogLevel.Warning, "Heads could not be compared with the {Owner} service: {Failure} It is tried again at the next tick.")]
    static partial void LogAway(ILogger logger, string owner, string failure);
}
