using System.Text.Json;
using ChatGenius.Contracts.Feeds;

namespace ChatGenius.Feeds.Owning;

/// <summary>What an owner reads of its database to answer a reader, best of all in one snapshot.</summary>
public interface IFeedSnapshot
{
    /// <summary>The owner's epoch.</summary>
    Task<long> EpochAsync(CancellationToken cancellation);

    /// <summary>The rows of those of the feeds that have one, by name.</summary>
    Task<IReadOnlyDictionary<string, LockedFeed>> HeadsAsync(IReadOnlyCollection<string> feeds, CancellationToken cancellation);

    /// <summary>At most <paramref name="limit"/> entities whose last change lies in (<paramref name="after"/>, <paramref name="head"/>], in revision order.</summary>
    Task<IReadOnlyList<JsonElement>> SinceAsync(FeedName feed, long after, long head, int limit, CancellationToken cancellation);

    /// <summary>
    /// For feeds that answer a reader far behind with their latest window instead of all changes: that window, of entities whose last change lies at or below <paramref name="head"/>, or null to read on from <paramref name="after"/>.
    /// </summary>
    /// <param name="after">The reader's position; null when it holds nothing.</param>
    Task<FeedWindow?> WindowAsync(FeedName feed, long? after, long head, CancellationToken cancellation);

    /// <summary>For messages feeds the members position under which the database stands; null for others.</summary>
    Task<Fence?> FenceAsync(FeedName feed, CancellationToken cancellation);
}

/// <summary>The latest entities of a feed, in revision order, and the seq from which they are whole.</summary>
public sealed record FeedWindow(IReadOnlyList<JsonElement> Items, long Floor);
