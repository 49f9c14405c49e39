using System.Text.Json;

namespace ChatGenius.Hosting.Feeds;

/// <summary>Reads the entities of an owner's feeds from its tables, within the snapshot it is given.</summary>
public interface IFeedSource<TContext> where TContext : DbContext
{
    /// <summary>The kinds that this source reads.</summary>
    IReadOnlyCollection<FeedKind> Kinds { get; }

    /// <summary>At most <paramref name="limit"/> entities whose last change lies in (<paramref name="after"/>, <paramref name="head"/>], in revision order.</summary>
    Task<IReadOnlyList<JsonElement>> SinceAsync(TContext db, FeedName feed, long after, long head, int limit, CancellationToken cancellation);

    /// <summary>
    /// For feeds that answer a reader far behind with their latest window instead of all changes: that window, or null to read on from <paramref name="after"/>.
    /// </summary>
    /// <param name="after">The reader's position; null when it holds nothing.</param>
    Task<FeedWindow?> WindowAsync(TContext db, FeedName feed, long? after, long head, CancellationToken cancellation) => Task.FromResult<FeedWindow?>(null);

    /// <summary>For messages feeds: the members position under which the snapshot stands.</summary>
    Task<Fence?> FenceAsync(TContext db, FeedName feed, CancellationToken cancellation) => Task.FromResult<Fence?>(null);
}

/// <summary>The latest entities of a feed, in revision order, and the seq from which they are whole.</summary>
public sealed record FeedWindow(IReadOnlyList<JsonElement> Items, long Floor);
