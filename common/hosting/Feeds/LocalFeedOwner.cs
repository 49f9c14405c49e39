using System.Text.Json;
using ChatGenius.Feeds.Owning;
using ChatGenius.Hosting.Databases;

namespace ChatGenius.Hosting.Feeds;

/// <summary>Answers for the feeds of this process's own database, each answer from one snapshot. Thread-safe.</summary>
internal sealed class LocalFeedOwner<TContext>(Database<TContext> database, OwnerEpoch<TContext> epochs, IEnumerable<IFeedSource<TContext>> sources, FeedMeters meters)
    : IFeedOwner where TContext : DbContext
{
    readonly FeedReads _reads = new();

    public async Task<PullAnswer> PullAsync(PullRequest request, CancellationToken cancellation)
    {
        var (answer, lostIn) = await database.ReadAsync(db => _reads.AnswerAsync(new Snapshot(db, sources), request, cancellation), cancellation);
        if (lostIn is { } epoch)
        {
            await epochs.AdvanceAsync(epoch, cancellation);
            (answer, _) = await database.ReadAsync(db => _reads.AnswerAsync(new Snapshot(db, sources), request, cancellation), cancellation);
        }
        meters.Pulled(database.Name, answer.Deltas.Count);
        return answer;
    }

    public Task<ShardSums> SumsAsync(FeedKind kind, CancellationToken cancellation) => database.ReadAsync(async db =>
    {
        var sums = new long[FeedShard.Count];
        foreach (var shard in await db.Set<FeedRow>().Where(f => f.Kind == kind).GroupBy(f => f.Shard).Select(g => new { g.Key, Sum = g.Sum(f => f.Head) }).ToListAsync(cancellation))
            sums[shard.Key] = shard.Sum;
        return new ShardSums { Epoch = await EpochAsync(db, cancellation), Sums = sums };
    }, cancellation);

    public Task<IReadOnlyList<Head>> ShardAsync(FeedKind kind, int shard, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<Head>>(async db =>
    {
        var epoch = await EpochAsync(db, cancellation);
        return await db.Set<FeedRow>().Where(f => f.Kind == kind && f.Shard == shard && f.Head > 0)
            .Select(f => new Head { Feed = f.Id, Epoch = epoch, Revision = f.Head, LastSeq = kind == FeedKind.Messages ? f.LastSeq : null }).ToListAsync(cancellation);
    }, cancellation);

    static Task<long> EpochAsync(TContext db, CancellationToken cancellation) => db.Set<OwnerRow>().Select(o => o.Epoch).SingleAsync(cancellation);

    sealed class Snapshot(TContext db, IEnumerable<IFeedSource<TContext>> sources) : IFeedSnapshot
    {
        public Task<long> EpochAsync(CancellationToken cancellation) => LocalFeedOwner<TContext>.EpochAsync(db, cancellation);

        public async Task<IReadOnlyDictionary<string, LockedFeed>> HeadsAsync(IReadOnlyCollection<string> feeds, CancellationToken cancellation) =>
            (await db.Set<FeedRow>().Where(f => feeds.Contains(f.Id)).ToListAsync(cancellation)).ToDictionary(f => f.Id, f => new LockedFeed(FeedName.Parse(f.Id), f.Head, f.LastSeq));

        public Task<IReadOnlyList<JsonElement>> SinceAsync(FeedName feed, long after, long head, int limit, CancellationToken cancellation) =>
            Source(feed).SinceAsync(db, feed, after, head, limit, cancellation);

        public Task<FeedWindow?> WindowAsync(FeedName feed, long? after, long head, CancellationToken cancellation) => Source(feed).WindowAsync(db, feed, after, head, cancellation);

        public Task<Fence?> FenceAsync(FeedName feed, CancellationToken cancellation) => Source(feed).FenceAsync(db, feed, cancellation);

        IFeedSource<TContext> Source(FeedName feed) => sources.First(s => s.Kinds.Contains(feed.Kind));
    }
}
