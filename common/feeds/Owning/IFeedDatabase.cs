using ChatGenius.Contracts.Feeds;

namespace ChatGenius.Feeds.Owning;

/// <summary>What an owner of feeds asks of its database. Thread-safe.</summary>
/// <typeparam name="TTransaction">A write transaction of that database.</typeparam>
public interface IFeedDatabase<TTransaction>
{
    /// <summary>Runs a write transaction and commits it. What the body throws rolls it back and reaches the caller.</summary>
    Task<T> WriteAsync<T>(Func<TTransaction, Task<T>> body, CancellationToken cancellation);

    /// <summary>Locks the rows of feeds in the order given and reads them, and the owner's epoch. Feeds that have no row yet are left out.</summary>
    Task<(long Epoch, IReadOnlyList<LockedFeed> Feeds)> LockAsync(TTransaction transaction, IReadOnlyList<FeedName> feeds, CancellationToken cancellation);

    /// <summary>Makes the rows that do not exist yet, at revision 0.</summary>
    Task MakeAsync(TTransaction transaction, IReadOnlyList<FeedName> feeds, CancellationToken cancellation);

    /// <summary>Stores rows that are locked.</summary>
    Task StoreAsync(TTransaction transaction, IReadOnlyList<LockedFeed> moved, CancellationToken cancellation);
}
