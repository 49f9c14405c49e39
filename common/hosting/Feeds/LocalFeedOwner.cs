using System.Text.Json;
using ChatGenius.Contracts.Edge;
using ChatGenius.Hosting.Databases;

namespace ChatGenius.Hosting.Feeds;

/// <summary>Answers for the feeds of this process's own database.</summary>
internal sealed class LocalFeedOwner<TContext>(Database<TContext> database, OwnerEpoch<TContext> epochs, IEnumerable<IFeedSource<TContext>> sources, FeedMeters meters)
    : IFeedOwner where TContext : DbContext
{
    const int SliceItems = 200;
    const int AnswerBytes = 1024 * 1024;

    public async Task<PullAnswer> PullAsync(PullRequest request, CancellationToken cancellation)
    {
        var wanted = request.Positions.Select(p => (Position: p, Name: FeedName.Parse(p.Feed))).ToList();
        var (answer, lostIn) = await database.ReadAsync(db => ReadAsync(db, request.Follower, wanted, cancellation), cancellation);
        if (lostIn is not { } epoch)
            return answer;
        await epochs.AdvanceAsync(epoch, cancellation);
        return (await database.ReadAsync(db => ReadAsync(db, request.Follower, wanted, cancellation), cancellation)).Answer;
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

    async Task<(PullAnswer Answer, long? LostIn)> ReadAsync(TContext db, bool follower, List<(SyncPosition Position, FeedName Name)> wanted, CancellationToken cancellation)
    {
        var epoch = await EpochAsync(db, cancellation);
        var ids = wanted.Select(w => w.Position.Feed).Distinct().ToList();
        var rows = await db.Set<FeedRow>().Where(f => ids.Contains(f.Id)).ToDictionaryAsync(f => f.Id, cancellation);
        var (deltas, heads, failed, lostIn, bytes) = (new List<Delta>(), new List<Head>(), new List<FailedFeed>(), (long?)null, 0);
        foreach (var (position, name) in wanted)
        {
            var row = rows.GetValueOrDefault(position.Feed);
            var head = row?.Head ?? 0;
            var verdict = OwnerRule.Judge(epoch, head, position.Epoch ?? 0, position.Revision ?? 0, follower);
            if (verdict == OwnerVerdict.HistoryLost)
                lostIn = Math.Max(lostIn ?? 0, position.Epoch!.Value);
            if (verdict == OwnerVerdict.Ahead)
            {
                failed.Add(new FailedFeed { Feed = position.Feed, Code = ErrorCodes.PositionAhead.Code });
                continue;
            }
            heads.Add(new Head { Feed = position.Feed, Epoch = epoch, Revision = head, LastSeq = name.Kind == FeedKind.Messages ? row?.LastSeq ?? 0 : null });
            var headOnly = position.Mode == SyncMode.Heads || position.Partial;
            if (headOnly || verdict is OwnerVerdict.Current or OwnerVerdict.HistoryLost || bytes > AnswerBytes)
                continue;
            var delta = await SliceAsync(db, name, epoch, head, verdict == OwnerVerdict.Since ? position.Revision : null, cancellation);
            bytes += Deltas.Bytes(delta);
            deltas.Add(delta);
        }
        meters.Pulls.Add(deltas.Count, new KeyValuePair<string, object?>("service", database.Name));
        return (new PullAnswer { Deltas = deltas, Heads = heads, Failed = failed }, lostIn);
    }

    async Task<Delta> SliceAsync(TContext db, FeedName feed, long epoch, long head, long? after, CancellationToken cancellation)
    {
        var source = sources.First(s => s.Kinds.Contains(feed.Kind));
        var slice = new Delta { Feed = feed.ToString(), Epoch = epoch, From = after ?? 0, To = head, Reset = after is null, Items = [] };
        if (await source.WindowAsync(db, feed, after, head, cancellation) is { } window)
            slice = FitWindow(slice, window);
        else
        {
            var items = await source.SinceAsync(db, feed, after ?? 0, head, SliceItems + 1, cancellation);
            var more = items.Count > SliceItems;
            items = more ? [.. items.Take(SliceItems)] : items;
            slice = Deltas.Cut(slice with { Items = items, To = more ? FeedItems.Revision(items[^1]) : head, More = more })[0];
        }
        // Read last: content is never older than the fence it is said under.
        return slice with { Fence = await source.FenceAsync(db, feed, cancellation) };
    }

    // A reset of messages is one slice: what does not fit is left below the floor, oldest first.
    static Delta FitWindow(Delta slice, FeedWindow window)
    {
        var (bytes, floor) = (0, window.Floor);
        var kept = new List<JsonElement>(window.Items.Count);
        foreach (var item in window.Items.OrderByDescending(i => i.GetProperty("seq").GetInt64()))
        {
            bytes += FeedItems.Bytes(item) + 1;
            if (kept.Count > 0 && bytes > Limits.DeltaBytes - 1024)
            {
                floor = item.GetProperty("seq").GetInt64() + 1;
                break;
            }
            kept.Add(item);
        }
        return slice with { From = 0, Reset = true, Floor = floor, Items = [.. kept.OrderBy(FeedItems.Revision)] };
    }

    static Task<long> EpochAsync(TContext db, CancellationToken cancellation) => db.Set<OwnerRow>().Select(o => o.Epoch).SingleAsync(cancellation);
}
