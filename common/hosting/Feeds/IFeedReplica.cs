using System.Data.Common;
using System.Text.Json;

namespace ChatGenius.Hosting.Feeds;

/// <summary>A service's durable copy of another service's feeds, in its own database. Applied in the transaction that stores the position.</summary>
public interface IFeedReplica<TContext> where TContext : DbContext
{
    /// <summary>The kinds that it follows, all of one owner.</summary>
    IReadOnlyCollection<FeedKind> Kinds { get; }

    /// <summary>The service that owns them.</summary>
    string Owner => FeedName.OwnerOf(Kinds.First());

    /// <summary>The version of what is kept of each entity. Raise it when more is kept: what a lower version wrote is then read again from nothing.</summary>
    int Schema => 1;

    /// <summary>Drops what is held of the feed.</summary>
    Task ClearAsync(TContext db, DbTransaction sql, FeedName feed, CancellationToken cancellation);

    /// <summary>Upserts items, all of which are newer than what is held.</summary>
    Task ApplyAsync(TContext db, DbTransaction sql, FeedName feed, IReadOnlyList<JsonElement> items, CancellationToken cancellation);
}
