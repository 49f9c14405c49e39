using System.Data.Common;
using System.Text.Json;
using ChatGenius.Feeds.Following;
using ChatGenius.Hosting.Databases;

namespace ChatGenius.Hosting.Feeds;

/// <summary>The positions of a follower in its service's own database, beside the copy itself. Thread-safe.</summary>
internal sealed class SqlFollowerStore<TContext>(Database<TContext> database, IFeedReplica<TContext> replica) : IFollowerStore where TContext : DbContext
{
    public async Task<IReadOnlyDictionary<string, Followed>> StandsAsync(IReadOnlyCollection<string> feeds, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db.Set<FollowedFeedRow>().Where(f => feeds.Contains(f.Id)).ToDictionaryAsync(f => f.Id, f => new Followed(f.Epoch, f.Revision, f.Schema), cancellation);
    }

    public async Task<IReadOnlyList<FollowedSum>> SumsAsync(FeedKind kind, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db.Set<FollowedFeedRow>().Where(f => f.Kind == kind).GroupBy(f => new { f.Shard, f.Epoch, f.Schema })
            .Select(g => new FollowedSum(g.Key.Shard, g.Key.Epoch, g.Key.Schema, g.Sum(f => f.Revision))).ToListAsync(cancellation);
    }

    public async Task<IReadOnlyDictionary<string, Followed>> ShardAsync(FeedKind kind, int shard, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db.Set<FollowedFeedRow>().Where(f => f.Kind == kind && f.Shard == shard).ToDictionaryAsync(f => f.Id, f => new Followed(f.Epoch, f.Revision, f.Schema), cancellation);
    }

    public Task<T> WriteAsync<T>(FeedName feed, Func<IFollowedFeed, Task<T>> body, CancellationToken cancellation) => database.WriteAsync(async (db, sql) =>
    {
        await sql.RunAsync("INSERT INTO followed_feeds (id, kind, shard, epoch, revision, schema) VALUES (@p0, @p1, @p2, 0, 0, 0) ON CONFLICT (id) DO NOTHING",
            cancellation, feed.ToString(), (int)feed.Kind, FeedShard.Of(feed.ToString()));
        return await body(new Copy(db, sql, feed, replica, await LockAsync(sql, feed.ToString(), cancellation)));
    }, cancellation);

    async Task<Followed> LockAsync(DbTransaction sql, string feed, CancellationToken cancellation)
    {
        await using var command = sql.Command($"SELECT epoch, revision, schema FROM followed_feeds WHERE id = @p0{(database.IsSqlite ? "" : " FOR UPDATE")}", feed);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new Followed(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt32(2));
    }

    sealed class Copy(TContext db, DbTransaction sql, FeedName feed, IFeedReplica<TContext> replica, Followed stands) : IFollowedFeed
    {
        public Followed Stands => stands;

        public Task ClearAsync(CancellationToken cancellation) => replica.ClearAsync(db, sql, feed, cancellation);

        public Task ApplyAsync(IReadOnlyList<JsonElement> items, CancellationToken cancellation) => replica.ApplyAsync(db, sql, feed, items, cancellation);

        public Task StandAsync(Followed position, CancellationToken cancellation) => sql.RunAsync(
            "UPDATE followed_feeds SET epoch = @p0, revision = @p1, schema = @p2 WHERE id = @p3", cancellation, position.Epoch, position.Revision, position.Schema, feed.ToString());
    }
}
