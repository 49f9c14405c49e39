using ChatGenius.Realtime.Backplane;

namespace ChatGenius.Realtime.LiveFeeds;

/// <summary>What the feeds of an instance share. Thread-safe.</summary>
internal sealed class LiveFeedServices
{
    readonly Dictionary<string, OwnerReads> _reads;
    readonly Func<string, IFeedOwner> _owner;

    /// <param name="backplane">Where deltas come from.</param>
    /// <param name="owner">The owner service of that name.</param>
    /// <param name="tick">The time between two comparisons with the owners.</param>
    /// <param name="time">The clock.</param>
    /// <param name="meters">What is counted.</param>
    /// <param name="logger">What is logged.</param>
    /// <param name="pace">How often a feed with many readers hands out what it has.</param>
    /// <param name="bug">None, but in tests.</param>
    public LiveFeedServices(
        IBackplane backplane, Func<string, IFeedOwner> owner, TimeSpan tick, TimeProvider time, LiveFeedMeters meters, ILogger logger, DeliveryPace pace = default, Bug bug = Bug.None)
    {
        (Backplane, _owner, Tick, Time, Meters, Logger, Pace, Bug) = (backplane, owner, tick, time, meters, logger, pace, bug);
        _reads = new[] { "identity", "channels", "messages" }.ToDictionary(o => o, o => new OwnerReads(() => owner(o), feeds => meters.Read(o, feeds)));
    }

    public IBackplane Backplane { get; }
    public TimeSpan Tick { get; }
    public TimeProvider Time { get; }
    public LiveFeedMeters Meters { get; }
    public ILogger Logger { get; }
    public DeliveryPace Pace { get; }
    public Bug Bug { get; }

    /// <summary>The owner of a feed.</summary>
    public IFeedOwner Owner(FeedName feed) => _owner(feed.Owner);

    /// <summary>Shared reads from the owner of a feed.</summary>
    public OwnerReads Reads(FeedName feed) => _reads[feed.Owner];
}
