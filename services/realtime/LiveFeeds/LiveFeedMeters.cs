using System.Diagnostics.Metrics;
using ChatGenius.Hosting.Feeds;

namespace ChatGenius.Realtime.LiveFeeds;

/// <summary>What is counted about the feeds that an instance follows. Thread-safe.</summary>
internal sealed class LiveFeedMeters
{
    readonly FeedMeters _feeds;
    readonly Counter<long> _reads;
    readonly Counter<long> _served;

    public LiveFeedMeters(FeedMeters feeds, IMeterFactory factory)
    {
        _feeds = feeds;
        var meter = factory.Create("ChatGenius.Realtime");
        _reads = meter.CreateCounter<long>("chatgenius.realtime.feed.reads", "{feed}", "Feeds that an instance read from their owner, besides its ticks.");
        _served = meter.CreateCounter<long>("chatgenius.realtime.feed.served", "{feed}", "Feeds that a sync was answered from the instance's own recent changes.");
    }

    /// <summary>Feeds were read from an owner.</summary>
    public void Read(string owner, int feeds) => _reads.Add(feeds, new KeyValuePair<string, object?>("owner", owner));

    /// <summary>A feed was answered without asking its owner.</summary>
    public void Served(FeedName feed) => _served.Add(1, new KeyValuePair<string, object?>("owner", feed.Owner));

    /// <summary>A tick found a feed behind.</summary>
    public void Repaired(FeedName feed) => _feeds.TailsRepaired.Add(1, new KeyValuePair<string, object?>("service", "realtime"), new("owner", feed.Owner));
}
