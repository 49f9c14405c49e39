using System.Text.Json;
using ChatGenius.Feeds.Owning;

namespace ChatGenius.Hosting.Feeds;

/// <summary>Reads the entities of an owner's feeds from its tables, within the snapshot it is given. The methods are those of <see cref="IFeedSnapshot"/>.</summary>
public interface IFeedSource<TContext> where TContext : DbContext
{
    /// <summary>The kinds that this source reads.</summary>
    IReadOnlyCollection<FeedKind> Kinds { get; }

    /// <inheritdoc cref="IFeedSnapshot.SinceAsync"/>
    Task<IReadOnlyList<JsonElement>> SinceAsync(TContext db, FeedName feed, long after, long head, int limit, CancellationToken cancellation);

    /// <inheritdoc cref="IFeedSnapshot.WindowAsync"/>
    Task<FeedWindow?> WindowAsync(TContext db, FeedName feed, long? after, long head, CancellationToken cancellation) => Task.FromResult<FeedWindow?>(null);

    /// <inheritdoc cref="IFeedSnapshot.FenceAsync"/>
    Task<Fence?> FenceAsync(TContext db, FeedName feed, CancellationToken cancellation) => Task.FromResult<Fence?>(null);
}
