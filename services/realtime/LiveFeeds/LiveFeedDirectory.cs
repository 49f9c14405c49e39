using ChatGenius.Hosting.Settings;
using ChatGenius.Realtime.Connections;

namespace ChatGenius.Realtime.LiveFeeds;

/// <summary>
/// The feeds that this instance follows: made when someone asks, compared with their owners at every tick and after the backplane was away, retired when nobody has read
/// them for a while. Thread-safe.
/// </summary>
internal sealed partial class LiveFeedDirectory(
    LiveFeedServices services, IOptions<RealtimeSettings> settings, IOptions<ChatGeniusSettings> common, ILogger<LiveFeedDirectory> logger) : BackgroundService
{
    const int PullBatch = 500;
    readonly Lock _gate = new();
    readonly Dictionary<FeedName, LiveFeed> _feeds = [];
    readonly SemaphoreSlim _tickNow = new(0);

    /// <summary>The feed, made when it is not at hand.</summary>
    public LiveFeed Get(FeedName name)
    {
        lock (_gate)
            return Find(name);
    }

    /// <summary>Lets go of a feed at once when nobody reads it: asking for what one may not read leaves nothing behind.</summary>
    public void RetireIfUnread(LiveFeed feed)
    {
        lock (_gate)
            foreach (var idle in new[] { feed, feed.Members })
                if (idle is not null && idle.TryRetire())
                    _feeds.Remove(idle.Name);
    }

    /// <summary>Takes a connection off everything.</summary>
    public static void Leave(LiveConnection connection)
    {
        foreach (var feed in connection.Feeds.Values)
            feed.Readers.Unregister(connection);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        services.Backplane.Restored += () => _tickNow.Release();
        while (!stoppingToken.IsCancellationRequested)
        {
            await _tickNow.WaitAsync(common.Value.FollowInterval, stoppingToken);
            Retire();
            await CompareAsync(stoppingToken);
        }
    }

    LiveFeed Find(FeedName name)
    {
        if (_feeds.TryGetValue(name, out var feed))
            return feed;
        var members = name.Kind == FeedKind.Messages ? Find(FeedName.Members(name.Id)) : null;
        return _feeds[name] = new LiveFeed(name, members, services);
    }

    async Task CompareAsync(CancellationToken cancellation)
    {
        LiveFeed[] feeds;
        lock (_gate)
            feeds = [.. _feeds.Values];
        await Task.WhenAll(feeds.Where(f => f.Stands.Epoch > 0).GroupBy(f => f.Name.Owner).Select(async owned =>
        {
            foreach (var batch in owned.Chunk(PullBatch))
            {
                try
                {
                    var answer = await services.Owner(batch[0].Name).PullAsync(new PullRequest
                    {
                        Follower = true,
                        Positions = [.. batch.Select(f => f.Stands).Select(s => new SyncPosition { Feed = s.Feed, Epoch = s.Epoch, Revision = s.Revision })],
                    }, cancellation);
                    if (answer.Deltas.Count > 0)
                        foreach (var feed in batch)
                            feed.Take(answer, countAsRepair: true);
                }
                catch (Exception failure) when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
                {
                    LogAway(owned.Key, failure.Message);
                }
            }
        }));
    }

    void Retire()
    {
        lock (_gate)
            foreach (var feed in _feeds.Values.Where(f => !f.IsRead && services.Time.GetElapsedTime(f.Readers.IdleSince) > settings.Value.FeedLinger).ToList())
                if (feed.TryRetire())
                    _feeds.Remove(feed.Name);
    }

    [LoggerMessage(4102, LogLevel.Warning, "Heads could not be compared with the {Owner} service: {Failure} It is tried again at the next tick.")]
    partial void LogAway(string owner, string failure);
}
