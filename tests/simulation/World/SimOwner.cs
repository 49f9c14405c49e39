using System.Text.Json;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Internal;
using ChatGenius.Feeds;
using ChatGenius.Feeds.Owning;

namespace ChatGenius.SimulationTests.World;

/// <summary>A feed's row.</summary>
internal sealed record FeedHeadRow(FeedName Name, long Head, long LastSeq);

/// <summary>The owner's row.</summary>
internal sealed record OwnerRow(long Epoch);

/// <summary>The rows of feeds in a simulated database.</summary>
internal sealed class SimFeedDatabase(SimDatabase database, SimProcess by) : IFeedDatabase<SimTransaction>
{
    public Task<T> WriteAsync<T>(Func<SimTransaction, Task<T>> body, CancellationToken cancellation) => database.WriteAsync(by, body);

    public async Task<(long Epoch, IReadOnlyList<LockedFeed> Feeds)> LockAsync(SimTransaction transaction, IReadOnlyList<FeedName> feeds, CancellationToken cancellation)
    {
        var locked = new List<LockedFeed>();
        foreach (var name in feeds)
            if (database.Row<FeedHeadRow>(name) is not null)
            {
                await transaction.LockAsync(name);
                var row = transaction.Row<FeedHeadRow>(name)!;
                locked.Add(new LockedFeed(name, row.Head, row.LastSeq));
            }
        return (transaction.Row<OwnerRow>(0)!.Epoch, locked);
    }

    public async Task MakeAsync(SimTransaction transaction, IReadOnlyList<FeedName> feeds, CancellationToken cancellation)
    {
        foreach (var name in feeds)
        {
            await transaction.LockAsync(name);
            if (transaction.Row<FeedHeadRow>(name) is null)
                transaction.Put(name, new FeedHeadRow(name, 0, 0));
        }
    }

    public async Task StoreAsync(SimTransaction transaction, IReadOnlyList<LockedFeed> moved, CancellationToken cancellation)
    {
        await transaction.StatementAsync();
        foreach (var feed in moved)
            transaction.Put(feed.Name, new FeedHeadRow(feed.Name, feed.Head, feed.LastSeq));
    }
}

/// <summary>An owner's side of a service: what it answers to those who follow. Every read sees what is committed at that moment.</summary>
internal abstract class SimOwner(SimDatabase database, SimProcess by, Bug bug) : IFeedOwner, IFeedSnapshot
{
    readonly FeedReads _reads = new(bug);

    protected SimDatabase Database => database;
    protected SimProcess By => by;

    /// <summary>The process that it is part of.</summary>
    public SimProcess Process => by;

    public async Task<PullAnswer> PullAsync(PullRequest request, CancellationToken cancellation)
    {
        var (answer, lostIn) = await _reads.AnswerAsync(this, request, cancellation);
        if (lostIn is not { } epoch)
            return answer;
        await database.WriteAsync(by, async transaction =>
        {
            await transaction.LockAsync("owner");
            var next = OwnerRule.NextEpoch(epoch, by.Loop.UtcNow, by.Loop.Chance, bug);
            if (transaction.Row<OwnerRow>(0)!.Epoch <= epoch)
                transaction.Put(0, new OwnerRow(next));
            return next;
        });
        return (await _reads.AnswerAsync(this, request, cancellation)).Answer;
    }

    public Task<ShardSums> SumsAsync(FeedKind kind, CancellationToken cancellation) => database.ReadAsync(by, () =>
    {
        var sums = new long[FeedShard.Count];
        foreach (var feed in database.Rows<FeedHeadRow>().Where(f => f.Name.Kind == kind))
            sums[FeedShard.Of(feed.Name.ToString())] += feed.Head;
        return new ShardSums { Epoch = database.Row<OwnerRow>(0)!.Epoch, Sums = sums };
    });

    public Task<IReadOnlyList<Head>> ShardAsync(FeedKind kind, int shard, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<Head>>(by, () =>
    {
        var epoch = database.Row<OwnerRow>(0)!.Epoch;
        return [.. database.Rows<FeedHeadRow>().Where(f => f.Name.Kind == kind && f.Head > 0 && FeedShard.Of(f.Name.ToString()) == shard)
            .Select(f => new Head { Feed = f.Name.ToString(), Epoch = epoch, Revision = f.Head, LastSeq = kind == FeedKind.Messages ? f.LastSeq : null })];
    });

    Task<long> IFeedSnapshot.EpochAsync(CancellationToken cancellation) => database.ReadAsync(by, () => database.Row<OwnerRow>(0)!.Epoch);

    Task<IReadOnlyDictionary<string, LockedFeed>> IFeedSnapshot.HeadsAsync(IReadOnlyCollection<string> feeds, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyDictionary<string, LockedFeed>>(by, () => feeds.Select(f => database.Row<FeedHeadRow>(FeedName.Parse(f))).Where(f => f is not null)
            .ToDictionary(f => f!.Name.ToString(), f => new LockedFeed(f!.Name, f.Head, f.LastSeq)));

    Task<IReadOnlyList<JsonElement>> IFeedSnapshot.SinceAsync(FeedName feed, long after, long head, int limit, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<JsonElement>>(by, () => [.. Items(feed).Where(i => i.Revision > after && i.Revision <= head).OrderBy(i => i.Revision).Take(limit).Select(i => i.Item())]);

    Task<FeedWindow?> IFeedSnapshot.WindowAsync(FeedName feed, long? after, long head, CancellationToken cancellation) => database.ReadAsync(by, () => Window(feed, after, head));

    Task<Fence?> IFeedSnapshot.FenceAsync(FeedName feed, CancellationToken cancellation) => database.ReadAsync(by, () => MembersPosition(feed));

    /// <summary>All entities of a feed as they are committed now.</summary>
    public abstract IEnumerable<(long Revision, Func<JsonElement> Item)> Items(FeedName feed);

    protected virtual FeedWindow? Window(FeedName feed, long? after, long head) => null;

    protected virtual Fence? MembersPosition(FeedName feed) => null;
}

/// <summary>Rows as items of feeds; each row is written as JSON once.</summary>
internal static class SimItems
{
    static readonly System.Runtime.CompilerServices.ConditionalWeakTable<object, object> s_items = [];

    public static JsonElement Of(object row, Func<JsonElement> write) => (JsonElement)s_items.GetValue(row, _ => write());
}
