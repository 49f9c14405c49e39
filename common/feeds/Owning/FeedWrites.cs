using ChatGenius.Contracts.Feeds;

namespace ChatGenius.Feeds.Owning;

/// <summary>
/// How an owner changes feeds, the one way there is: lock the rows first and in order, read after the lock, take revisions, write, commit, and only then hand the deltas on.
/// Thread-safe.
/// </summary>
public sealed class FeedWrites<TTransaction>
{
    readonly IFeedDatabase<TTransaction> _database;
    readonly Action<IReadOnlyList<Delta>> _publish;
    readonly Bug _bug;
    readonly Func<FeedName, long>? _sequence;

    /// <param name="database">Where the feeds are.</param>
    /// <param name="publish">Takes the deltas of each commit; must not wait.</param>
    public FeedWrites(IFeedDatabase<TTransaction> database, Action<IReadOnlyList<Delta>> publish) : this(database, publish, Bug.None, null)
    {
    }

    internal FeedWrites(IFeedDatabase<TTransaction> database, Action<IReadOnlyList<Delta>> publish, Bug bug, Func<FeedName, long>? sequence) =>
        (_database, _publish, _bug, _sequence) = (database, publish, bug, sequence);

    /// <summary>Runs a change of these feeds in one transaction. What the body throws rolls everything back and reaches the caller.</summary>
    /// <param name="feeds">Every feed that may change; more may be named than do.</param>
    /// <param name="body">Reads and writes; must not hand out what it built before the commit.</param>
    /// <param name="cancellation">Gives up before the commit, never in it.</param>
    public async Task<T> WriteAsync<T>(IEnumerable<FeedName> feeds, Func<TTransaction, FeedRevisions, Task<T>> body, CancellationToken cancellation)
    {
        var inOrder = feeds.Distinct().OrderBy(f => f.ToString(), StringComparer.Ordinal).ToList();
        while (true)
        {
            IReadOnlyList<Delta> deltas = [];
            var missing = false;
            var unlocked = _bug is Bug.LockAfterReading or Bug.RevisionsFromASequence;
            var early = unlocked ? await _database.WriteAsync(tx => _database.LockAsync(tx, inOrder, cancellation), cancellation) : default;
            var result = await _database.WriteAsync(async transaction =>
            {
                var (epoch, locked) = unlocked ? early : await _database.LockAsync(transaction, inOrder, cancellation);
                if (locked.Count < inOrder.Count)
                {
                    // A row that does not exist locks nothing: it is made in a transaction of its own, so that rows are only ever locked in order.
                    missing = true;
                    await _database.MakeAsync(transaction, inOrder, cancellation);
                    return default(T);
                }
                var revisions = new FeedRevisions(epoch, locked, _bug == Bug.RevisionsFromASequence ? _sequence : null);
                var value = await body(transaction, revisions);
                if (_bug == Bug.PublishBeforeCommit)
                    _publish(revisions.Deltas());
                if (revisions.Moved is { Count: > 0 } moved)
                    await _database.StoreAsync(transaction, moved, cancellation);
                deltas = revisions.Deltas();
                return value;
            }, cancellation);
            if (missing)
                continue;
            if (deltas.Count > 0 && _bug != Bug.PublishBeforeCommit)
                _publish(deltas);
            return result!;
        }
    }
}
