using System.Text.Json;
using ChatGenius.Contracts;
using ChatGenius.Contracts.Feeds;

namespace ChatGenius.Feeds.Owning;

/// <summary>A feed's row as read under its lock.</summary>
/// <param name="Name">The feed.</param>
/// <param name="Head">The revision of its last change; 0 when there is none.</param>
/// <param name="LastSeq">The last seq given out; only messages feeds count.</param>
public readonly record struct LockedFeed(FeedName Name, long Head, long LastSeq);

/// <summary>
/// What one transaction does to the feeds whose rows it has locked: it takes their next revisions and seqs, gathers what changed, and says it as deltas. Pure; not thread-safe.
/// </summary>
public sealed class FeedRevisions
{
    readonly Dictionary<FeedName, Feed> _feeds;
    readonly Func<FeedName, long>? _sequence;

    /// <param name="epoch">The owner's epoch.</param>
    /// <param name="locked">The rows.</param>
    public FeedRevisions(long epoch, IEnumerable<LockedFeed> locked) : this(epoch, locked, null)
    {
    }

    internal FeedRevisions(long epoch, IEnumerable<LockedFeed> locked, Func<FeedName, long>? sequence) =>
        (Epoch, _feeds, _sequence) = (epoch, locked.ToDictionary(f => f.Name, f => new Feed(f)), sequence);

    /// <summary>The owner's epoch.</summary>
    public long Epoch { get; }

    /// <summary>Takes the feed's next revision.</summary>
    public long NextRevision(FeedName feed) => _sequence is null ? ++_feeds[feed].Head : _feeds[feed].Head = _sequence(feed);

    /// <summary>Takes the feed's next seq.</summary>
    public long NextSeq(FeedName feed) => ++_feeds[feed].LastSeq;

    /// <summary>The last seq given out.</summary>
    public long LastSeq(FeedName feed) => _feeds[feed].LastSeq;

    /// <summary>Where the feed stands now, with what this transaction took.</summary>
    public Fence At(FeedName feed) => new() { Epoch = Epoch, Revision = _feeds[feed].Head };

    /// <summary>Says that an entity of the feed changed, in its full state with the revision it took.</summary>
    public void Changed(FeedName feed, JsonElement item) => _feeds[feed].Items.Add(item);

    /// <inheritdoc cref="Changed(FeedName, JsonElement)"/>
    public void Changed<T>(FeedName feed, T entity) => Changed(feed, ContractsJson.ToItem(entity));

    /// <summary>Says under which members position the content of a messages feed was accepted.</summary>
    public void Fenced(FeedName feed, Fence fence) => _feeds[feed].Fence = fence;

    /// <summary>The rows to store: those of the feeds that took a revision.</summary>
    public IReadOnlyList<LockedFeed> Moved => [.. MovedFeeds.Select(f => new LockedFeed(f.Name, f.Head, f.LastSeq))];

    /// <summary>The deltas of the transaction; true once it is committed.</summary>
    public IReadOnlyList<Delta> Deltas()
    {
        var deltas = new List<Delta>();
        foreach (var feed in MovedFeeds)
        {
            var whole = new Delta
            {
                Feed = feed.Name.ToString(),
                Epoch = Epoch,
                From = feed.LockedHead,
                To = feed.Head,
                Fence = feed.Fence,
                Items = feed.Items.Count > 1 ? LastStates(feed) : [.. feed.Items],
            };
            foreach (var slice in ChatGenius.Feeds.Deltas.Cut(whole))
                deltas.Add(slice.More ? slice with { More = false } : slice);
        }
        return deltas;
    }

    // An entity that changed twice in one transaction is said once, in its last state.
    static IReadOnlyList<JsonElement> LastStates(Feed feed) =>
        [.. feed.Items.GroupBy(i => FeedItems.Key(feed.Name.Kind, i)).Select(g => g.MaxBy(FeedItems.Revision)).OrderBy(FeedItems.Revision)];

    IEnumerable<Feed> MovedFeeds => _feeds.Values.Where(f => f.Head > f.LockedHead);

    sealed class Feed(LockedFeed row)
    {
        public FeedName Name => row.Name;
        public long LockedHead => row.Head;
        public long Head { get; set; } = row.Head;
        public long LastSeq { get; set; } = row.LastSeq;
        public List<JsonElement> Items { get; } = [];
        public Fence? Fence { get; set; }
    }
}
