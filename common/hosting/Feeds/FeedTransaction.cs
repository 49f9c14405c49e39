using System.Data.Common;
using System.Text.Json;

namespace ChatGenius.Hosting.Feeds;

/// <summary>
/// What a change of feeds works with: the feeds' rows are locked, so what is read through <see cref="Db"/> now stays true until the commit.
/// Not thread-safe; lives as long as the body it is given to.
/// </summary>
public sealed class FeedTransaction<TContext> where TContext : DbContext
{
    readonly Dictionary<FeedName, LockedFeed> _feeds;

    internal FeedTransaction(TContext db, DbTransaction sql, long epoch, Dictionary<FeedName, LockedFeed> feeds)
    {
        (Db, Sql, Epoch, _feeds) = (db, sql, epoch, feeds);
        Db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
    }

    /// <summary>The context of the transaction; tracking.</summary>
    public TContext Db { get; }

    /// <summary>The transaction itself, for hand-written SQL.</summary>
    public DbTransaction Sql { get; }

    /// <summary>The owner's epoch.</summary>
    public long Epoch { get; }

    /// <summary>Takes the feed's next revision.</summary>
    public long NextRevision(FeedName feed) => ++_feeds[feed].Head;

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

    internal IEnumerable<LockedFeed> Moved => _feeds.Values.Where(f => f.Head > f.LockedHead);

    /// <summary>The deltas of the transaction; valid once it is committed.</summary>
    internal IReadOnlyList<Delta> Deltas()
    {
        var deltas = new List<Delta>();
        foreach (var feed in Moved)
        {
            // An entity that changed twice in one transaction is said once, in its last state.
            var items = feed.Items.GroupBy(i => FeedItems.Key(feed.Name.Kind, i)).Select(g => g.MaxBy(FeedItems.Revision)).OrderBy(FeedItems.Revision);
            deltas.AddRange(ChatGenius.Feeds.Deltas.Cut(new Delta
            {
                Feed = feed.Name.ToString(),
                Epoch = Epoch,
                From = feed.LockedHead,
                To = feed.Head,
                Fence = feed.Fence,
                Items = [.. items],
            }).Select(d => d with { More = false }));
        }
        return deltas;
    }

    internal sealed class LockedFeed(FeedName name, long head, long lastSeq)
    {
        public FeedName Name => name;
        public long LockedHead { get; } = head;
        public long Head { get; set; } = head;
        public long LastSeq { get; set; } = lastSeq;
        public List<JsonElement> Items { get; } = [];
        public Fence? Fence { get; set; }
    }
}
