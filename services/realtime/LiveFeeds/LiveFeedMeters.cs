using System.Diagnostics.Metrics;
using ChatGenius.Hosting.Feeds;
using ChatGenius.Hosting.Telemetry;

namespace ChatGenius.Realtime.LiveFeeds;

/// <summary>What is measured of the feeds that an instance follows. Thread-safe.</summary>
internal sealed class LiveFeedMeters
{
    const string Service = "realtime";

    readonly FeedMeters _feeds;
    readonly Counter<long> _reads;
    readonly Counter<long> _served;
    readonly Counter<long> _synced;
    readonly Histogram<int> _syncedItems;

    public LiveFeedMeters(FeedMeters feeds, IMeterFactory factory)
    {
        _feeds = feeds;
        var meter = factory.Create("ChatGenius.Realtime");
        _reads = meter.CreateCounter<long>("chatgenius.realtime.feed.reads", "{feed}", "Feeds that an instance read from their owner, besides its ticks.");
        _served = meter.CreateCounter<long>("chatgenius.realtime.feed.served", "{feed}", "Feeds that a sync was answered from the instance's own recent changes.");
        _synced = meter.CreateCounter<long>("chatgenius.sync.feeds", "{feed}", "Feeds of syncs, by what the client was told.");
        _syncedItems = meter.CreateHistogram("chatgenius.sync.items", "{item}", "Entities in the answer about one feed, where the client had a position or asked for a snapshot.", advice: Buckets.Counts);
    }

    /// <summary>Feeds were read from an owner.</summary>
    public void Read(string owner, int feeds) => _reads.Add(feeds, Of(owner));

    /// <summary>A feed was answered without asking its owner.</summary>
    public void Served(FeedName feed) => _served.Add(1, Of(feed.Owner));

    /// <summary>A tick found a feed behind.</summary>
    public void Repaired(FeedName feed) => _feeds.Repaired(Service, feed.Owner, 1);

    /// <summary>A delta came before the one that it follows.</summary>
    public void Gap(FeedName feed) => _feeds.Gap(Service, feed.Owner);

    /// <summary>A tick compared feeds with their owner.</summary>
    public void Compared(string owner, long behind) => _feeds.Compared(Service, owner, behind);

    /// <summary>A tick could not.</summary>
    public void NotCompared(string owner) => _feeds.NotCompared(Service, owner);

    /// <inheritdoc cref="FeedMeters.WaitForFence"/>
    public IDisposable WaitForFence(TimeProvider time) => _feeds.WaitForFence(Service, time);

    /// <summary>A sync of one feed ended.</summary>
    /// <param name="outcome">One of <see cref="SyncOutcome"/>.</param>
    /// <param name="owner">The feed's owner.</param>
    /// <param name="items">Entities in the answer; null where there was no answer.</param>
    public void Synced(string outcome, string owner, int? items)
    {
        var told = new KeyValuePair<string, object?>("outcome", outcome);
        _synced.Add(1, told, Of(owner));
        if (items is { } count)
            _syncedItems.Record(count, told);
    }

    static KeyValuePair<string, object?> Of(string owner) => new("owner", owner);
}

/// <summary>What a client was told about a feed that it synced.</summary>
internal static class SyncOutcome
{
    /// <summary>It held nothing and has a snapshot, or its first slice.</summary>
    public const string First = "first";

    /// <summary>It goes on from where it stood.</summary>
    public const string Continued = "continued";

    /// <summary>It stood in another history, or too far back, and starts anew.</summary>
    public const string Reset = "reset";

    /// <summary>It asked for the head alone.</summary>
    public const string Head = "head";

    /// <summary>It may not read the feed.</summary>
    public const string Denied = "denied";

    /// <summary>The feed could not be read now, or the position was refused.</summary>
    public const string Failed = "failed";
}
