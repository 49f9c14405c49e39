using ChatGenius.Hosting.Feeds;
using ChatGenius.Realtime.Backplane;

namespace ChatGenius.Realtime.LiveFeeds;

/// <summary>What the feeds of an instance share. Thread-safe.</summary>
internal sealed class LiveFeedServices(IBackplane backplane, IServiceProvider services, TimeProvider time, FeedMeters meters, ILogger<LiveFeed> logger)
{
    public IBackplane Backplane => backplane;
    public TimeProvider Time => time;
    public ILogger Logger => logger;

    /// <summary>The owner of a feed.</summary>
    public IFeedOwner Owner(FeedName feed) => services.GetRequiredKeyedService<IFeedOwner>(feed.Owner);

    /// <summary>Counts a feed that a tick found behind.</summary>
    public void Repaired(FeedName feed) => meters.TailsRepaired.Add(1, new KeyValuePair<string, object?>("service", "realtime"), new("owner", feed.Owner));
}
