using System.Data.Common;
using System.Text.Json;
using ChatGenius.Feeds.Owning;
using ChatGenius.Hosting.Databases;

namespace ChatGenius.Hosting.Feeds;

/// <summary>
/// What a change of feeds works with: the feeds' rows are locked, so what is read through <see cref="Db"/> now stays true until the commit.
/// Not thread-safe; lives as long as the body it is given to.
/// </summary>
public sealed class FeedTransaction<TContext> where TContext : DbContext
{
    readonly FeedRevisions _revisions;

    internal FeedTransaction(TContext db, DbTransaction sql, Statements last, FeedRevisions revisions)
    {
        (Db, Sql, Last, _revisions) = (db, sql, last, revisions);
        Db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
    }

    /// <summary>The context of the transaction; tracking.</summary>
    public TContext Db { get; }

    /// <summary>The transaction itself, for hand-written SQL.</summary>
    public DbTransaction Sql { get; }

    /// <summary>Statements that nothing in the body waits for: they go with the feeds' own rows, after what <see cref="Db"/> saves and together with the commit.</summary>
    public Statements Last { get; }

    /// <summary>What the transaction does to its feeds.</summary>
    public FeedRevisions Revisions => _revisions;

    /// <inheritdoc cref="FeedRevisions.Epoch"/>
    public long Epoch => _revisions.Epoch;

    /// <inheritdoc cref="FeedRevisions.NextRevision"/>
    public long NextRevision(FeedName feed) => _revisions.NextRevision(feed);

    /// <inheritdoc cref="FeedRevisions.NextSeq"/>
    public long NextSeq(FeedName feed) => _revisions.NextSeq(feed);

    /// <inheritdoc cref="FeedRevisions.LastSeq"/>
    public long LastSeq(FeedName feed) => _revisions.LastSeq(feed);

    /// <inheritdoc cref="FeedRevisions.At"/>
    public Fence At(FeedName feed) => _revisions.At(feed);

    /// <inheritdoc cref="FeedRevisions.Changed(FeedName, JsonElement)"/>
    public void Changed(FeedName feed, JsonElement item) => _revisions.Changed(feed, item);

    /// <inheritdoc cref="FeedRevisions.Changed(FeedName, JsonElement)"/>
    public void Changed<T>(FeedName feed, T entity) => _revisions.Changed(feed, entity);

    /// <inheritdoc cref="FeedRevisions.Fenced"/>
    public void Fenced(FeedName feed, Fence fence) => _revisions.Fenced(feed, fence);
}
