using ChatGenius.Feeds.Owning;
using ChatGenius.Hosting.Databases;

namespace ChatGenius.Hosting.Feeds;

/// <summary>Changes feeds, the one way there is: see <see cref="FeedWrites{TTransaction}"/>. Thread-safe.</summary>
public sealed class FeedWriter<TContext>(Database<TContext> database, DeltaPublisher<TContext> publisher) where TContext : DbContext
{
    readonly FeedWrites<OpenTransaction<TContext>> _writes = new(new SqlFeedDatabase<TContext>(database), publisher.Publish);

    /// <summary>Runs a change of these feeds in one transaction. What the body throws rolls everything back and reaches the caller.</summary>
    /// <param name="feeds">Every feed that may change; more may be named than do.</param>
    /// <param name="body">Reads and writes through the transaction; must not hand out what it built before the commit.</param>
    /// <param name="cancellation">Gives up before the commit, never in it.</param>
    public Task<T> WriteAsync<T>(IEnumerable<FeedName> feeds, Func<FeedTransaction<TContext>, Task<T>> body, CancellationToken cancellation) =>
        _writes.WriteAsync(feeds, async (open, revisions) =>
        {
            var value = await body(new FeedTransaction<TContext>(open.Db, open.Sql, open.Last, revisions));
            await open.Db.SaveChangesAsync(cancellation);
            return value;
        }, cancellation);
}
