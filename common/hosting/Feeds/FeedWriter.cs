using ChatGenius.Feeds.Owning;
using ChatGenius.Hosting.Databases;

namespace ChatGenius.Hosting.Feeds;

/// <summary>Changes feeds, the one way there is: see <see cref="FeedWrites{TTransaction}"/>. Thread-safe.</summary>
public sealed class FeedWriter<TContext>(Database<TContext> database, DeltaPublisher<TContext> publisher) where TContext : DbContext
{
    /// <summary>Runs a change of these feeds in one transaction. What the body throws rolls everything back and reaches the caller.</summary>
    /// <param name="feeds">Every feed that may change; more may be named than do.</param>
    /// <param name="body">Reads and writes through the transaction; must not hand out what it built before the commit.</param>
    /// <param name="cancellation">Gives up before the commit, never in it.</param>
    public Task<T> WriteAsync<T>(IEnumerable<FeedName> feeds, Func<FeedTransaction<TContext>, Task<T>> body, CancellationToken cancellation) => RunAsync(feeds, null, body, cancellation);

    /// <summary>The same for a change of which is known beforehand what it has to read.</summary>
    /// <param name="feeds">Every feed that may change; more may be named than do.</param>
    /// <param name="ask">Asks for it, once for each transaction that is tried: it is read right after the rows are locked, in the same way to the database and back.</param>
    /// <param name="body">Reads and writes through the transaction, and is given what was read; must not hand out what it built before the commit.</param>
    /// <param name="cancellation">Gives up before the commit, never in it.</param>
    public Task<T> WriteAsync<TAsked, T>(IEnumerable<FeedName> feeds, Func<Statements, TAsked> ask, Func<FeedTransaction<TContext>, TAsked, Task<T>> body, CancellationToken cancellation)
    {
        TAsked asked = default!;
        return RunAsync(feeds, statements => asked = ask(statements), transaction => body(transaction, asked), cancellation);
    }

    Task<T> RunAsync<T>(IEnumerable<FeedName> feeds, Action<Statements>? ask, Func<FeedTransaction<TContext>, Task<T>> body, CancellationToken cancellation) =>
        new FeedWrites<OpenTransaction<TContext>>(new SqlFeedDatabase<TContext>(database, ask), publisher.Publish).WriteAsync(feeds, async (open, revisions) =>
        {
            var value = await body(new FeedTransaction<TContext>(open.Db, open.Sql, open.Last, revisions));
            await open.Db.SaveChangesAsync(cancellation);
            return value;
        }, cancellation);
}
