using System.Data.Common;
using ChatGenius.Hosting.Databases;

namespace ChatGenius.Hosting.Feeds;

/// <summary>
/// Changes feeds, the one way there is: lock the feeds' rows first and in the order of their ids, read after the lock, write, commit, then hand the deltas
/// to the publisher. Thread-safe.
/// </summary>
public sealed class FeedWriter<TContext>(Database<TContext> database, DeltaPublisher<TContext> publisher) where TContext : DbContext
{
    /// <summary>Runs a change of these feeds in one transaction. What the body throws rolls everything back and reaches the caller.</summary>
    /// <param name="feeds">Every feed that may change; more may be named than do.</param>
    /// <param name="body">Reads and writes through the transaction; must not hand out what it built before the commit.</param>
    /// <param name="cancellation">Gives up before the commit, never in it.</param>
    public async Task<T> WriteAsync<T>(IEnumerable<FeedName> feeds, Func<FeedTransaction<TContext>, Task<T>> body, CancellationToken cancellation)
    {
        var names = feeds.Distinct().ToDictionary(f => f.ToString(), StringComparer.Ordinal);
        IReadOnlyList<Delta> deltas = [];
        while (true)
        {
            var missing = false;
            var result = await database.WriteAsync(async (context, sql) =>
            {
                var transaction = await LockAsync(context, sql, names, cancellation);
                if (transaction is null)
                {
                    // A row that does not exist locks nothing: it is made in a transaction of its own, so that rows are only ever locked in order.
                    missing = true;
                    await InsertAsync(sql, names, cancellation);
                    return default(T);
                }
                var value = await body(transaction);
                await context.SaveChangesAsync(cancellation);
                await StoreHeadsAsync(transaction, sql, cancellation);
                deltas = transaction.Deltas();
                return value;
            }, cancellation);
            if (missing)
                continue;
            publisher.Publish(deltas);
            return result!;
        }
    }

    async Task<FeedTransaction<TContext>?> LockAsync(TContext context, DbTransaction sql, Dictionary<string, FeedName> names, CancellationToken cancellation)
    {
        var lockRows = database.IsSqlite ? "" : " FOR UPDATE OF f";
        await using var command = sql.Command(
            $"SELECT f.id, f.head, f.last_seq, o.epoch FROM feeds f CROSS JOIN feed_owner o WHERE f.id IN ({Commands.Names(0, names.Count)}) ORDER BY f.id{lockRows}",
            [.. names.Keys]);
        var feeds = new Dictionary<FeedName, FeedTransaction<TContext>.LockedFeed>(names.Count);
        long epoch = 0;
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation))
            {
                var name = names[reader.GetString(0)];
                feeds.Add(name, new(name, reader.GetInt64(1), reader.GetInt64(2)));
                epoch = reader.GetInt64(3);
            }
        return feeds.Count == names.Count ? new FeedTransaction<TContext>(context, sql, epoch, feeds) : null;
    }

    static async Task InsertAsync(DbTransaction sql, Dictionary<string, FeedName> names, CancellationToken cancellation)
    {
        foreach (var (id, name) in names.OrderBy(n => n.Key, StringComparer.Ordinal))
            await sql.RunAsync("INSERT INTO feeds (id, kind, shard, head, last_seq) VALUES (@p0, @p1, @p2, 0, 0) ON CONFLICT (id) DO NOTHING",
                cancellation, id, (int)name.Kind, FeedShard.Of(id));
    }

    static async Task StoreHeadsAsync(FeedTransaction<TContext> transaction, DbTransaction sql, CancellationToken cancellation)
    {
        var moved = transaction.Moved.ToList();
        if (moved.Count == 0)
            return;
        await using var command = sql.Command("");
        var rows = new List<string>(moved.Count);
        foreach (var feed in moved)
        {
            var p = command.Parameters.Count;
            rows.Add($"(@p{p},@p{p + 1},@p{p + 2})");
            command.Bind(feed.Name.ToString(), feed.Head, feed.LastSeq);
        }
        command.CommandText = $"""
            WITH moved (id, head, last_seq) AS (VALUES {string.Join(',', rows)})
            UPDATE feeds SET head = moved.head, last_seq = moved.last_seq FROM moved WHERE feeds.id = moved.id
            """;
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
