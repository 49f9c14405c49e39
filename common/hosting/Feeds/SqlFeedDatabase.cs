using System.Data.Common;
using ChatGenius.Feeds.Owning;
using ChatGenius.Hosting.Databases;

namespace ChatGenius.Hosting.Feeds;

/// <summary>A write transaction: its context, itself, and what is stored last of all in it.</summary>
internal sealed record OpenTransaction<TContext>(TContext Db, DbTransaction Sql, Statements Last) where TContext : DbContext;

/// <summary>The rows of feeds in an owner's database, locked one after the other by hand-written SQL. Thread-safe.</summary>
/// <param name="database">The database.</param>
/// <param name="ask">Asks what is to be read right after the rows are locked, in the same way to the database and back; null for nothing.</param>
internal sealed class SqlFeedDatabase<TContext>(Database<TContext> database, Action<Statements>? ask = null) : IFeedDatabase<OpenTransaction<TContext>> where TContext : DbContext
{
    public Task<T> WriteAsync<T>(Func<OpenTransaction<TContext>, Task<T>> body, CancellationToken cancellation) =>
        database.WriteAsync((context, sql, last) => body(new OpenTransaction<TContext>(context, sql, last)), cancellation);

    public async Task<(long Epoch, IReadOnlyList<LockedFeed> Feeds)> LockAsync(OpenTransaction<TContext> transaction, IReadOnlyList<FeedName> feeds, CancellationToken cancellation)
    {
        var lockRows = database.IsSqlite ? "" : " FOR UPDATE OF f";
        var (epoch, locked) = (0L, new List<LockedFeed>(feeds.Count));
        var first = new Statements(transaction.Sql);
        first.Ask(
            command => $"SELECT f.id, f.head, f.last_seq, o.epoch FROM feeds f CROSS JOIN feed_owner o WHERE {command.In("f.id", feeds.Select(f => f.ToString()).ToArray())} ORDER BY f.id{lockRows}",
            row =>
            {
                locked.Add(new LockedFeed(FeedName.Parse(row.GetString(0)), row.GetInt64(1), row.GetInt64(2)));
                epoch = row.GetInt64(3);
            });
        // Each statement sees what is committed when it begins: what comes after this one, what is committed once the rows are locked.
        ask?.Invoke(first);
        await first.RunAsync(cancellation);
        return (epoch, locked);
    }

    public async Task MakeAsync(OpenTransaction<TContext> transaction, IReadOnlyList<FeedName> feeds, CancellationToken cancellation)
    {
        foreach (var name in feeds)
            await transaction.Sql.RunAsync("INSERT INTO feeds (id, kind, shard, head, last_seq) VALUES (@p0, @p1, @p2, 0, 0) ON CONFLICT (id) DO NOTHING",
                cancellation, name.ToString(), (int)name.Kind, FeedShard.Of(name.ToString()));
    }

    public Task StoreAsync(OpenTransaction<TContext> transaction, IReadOnlyList<LockedFeed> moved, CancellationToken cancellation)
    {
        transaction.Last.Store(
            values => $"""
                WITH moved (id, head, last_seq) AS ({values})
                UPDATE feeds SET head = moved.head, last_seq = moved.last_seq FROM moved WHERE feeds.id = moved.id
                """,
            moved.Select(f => f.Name.ToString()).ToArray(), moved.Select(f => f.Head).ToArray(), moved.Select(f => f.LastSeq).ToArray());
        return Task.CompletedTask;
    }
}
