using System.Collections.Concurrent;
using ChatGenius.Hosting.Databases;
using ChatGenius.Hosting.Settings;

namespace ChatGenius.Hosting.Feeds;

/// <summary>
/// Keeps a service's durable copy of another owner's feeds up to date, as every reader does: takes deltas as they come, pulls at a gap, and compares sums of heads with the owner
/// at start and at every tick. Any number of instances may share the database. Thread-safe.
/// </summary>
/// <typeparam name="TContext">The service's model; it includes <see cref="FeedModel.AddFollowedFeeds"/>.</typeparam>
/// <typeparam name="TReplica">What is followed, and how it is kept.</typeparam>
public sealed partial class FeedFollower<TContext, TReplica>(
    Database<TContext> database, TReplica copy, DatabaseStartGate gate, IServiceProvider services, IOptions<ChatGeniusSettings> settings,
    TimeProvider time, FeedMeters meters, ILogger<FeedFollower<TContext, TReplica>> logger) : BackgroundService, IReadiness
    where TContext : DbContext
    where TReplica : class, IFeedReplica<TContext>
{
    const int PullBatch = 200;
    readonly IFeedReplica<TContext> _replica = copy;
    // Lazy, so that a pull begins only once it can be found here: one that ended before would never be taken out again.
    readonly ConcurrentDictionary<FeedName, Lazy<Task<bool>>> _pulls = new();
    volatile bool _compared;

    /// <inheritdoc/>
    string IReadiness.Name => $"{database.Name}-follows-{_replica.Owner}";

    /// <inheritdoc/>
    bool IReadiness.IsReady => _compared;

    /// <inheritdoc/>
    string? IReadiness.Waiting => _compared ? null : $"The first comparison with {_replica.Owner} has not succeeded yet.";

    /// <summary>True once the copy was compared with its owner; before that it may lack anything.</summary>
    public bool HasCompared => _compared;

    /// <summary>Takes deltas that arrived from the bus. A gap is pulled.</summary>
    public async Task OfferAsync(IReadOnlyList<Delta> deltas, CancellationToken cancellation)
    {
        foreach (var delta in deltas)
        {
            var name = FeedName.Parse(delta.Feed);
            if (_replica.Kinds.Contains(name.Kind) && await ApplyAsync(delta, cancellation) is Verdict.Gap or Verdict.Ask)
                await RefreshAsync(name, cancellation);
        }
    }

    /// <summary>Brings a feed up to its owner's present head. False when the owner is away.</summary>
    /// <remarks>A pull that is under way when this is called began before the call and does not count; callers that come together share the next one.</remarks>
    public async Task<bool> RefreshAsync(FeedName feed, CancellationToken cancellation)
    {
        if (_pulls.TryGetValue(feed, out var running))
            await running.Value.WaitAsync(cancellation);
        return await _pulls.GetOrAdd(feed, f => new Lazy<Task<bool>>(() => StartPull(f))).Value.WaitAsync(cancellation);
    }

    /// <summary>Brings a feed to at least <paramref name="wanted"/>. False when that cannot be reached now.</summary>
    public async Task<bool> ReachAsync(FeedName feed, Fence wanted, CancellationToken cancellation) =>
        !wanted.IsAfter(await StandsAsync(feed, cancellation))
        || (await RefreshAsync(feed, cancellation) && !wanted.IsAfter(await StandsAsync(feed, cancellation)));

    /// <summary>Where the copy stands in a feed; (0, 0) when it holds nothing.</summary>
    public async Task<Fence> StandsAsync(FeedName feed, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var id = feed.ToString();
        return await db.Set<FollowedFeedRow>().Where(f => f.Id == id).Select(f => new Fence { Epoch = f.Epoch, Revision = f.Revision }).SingleOrDefaultAsync(cancellation) ?? new Fence();
    }

    /// <summary>Compares all feeds with the owner, and pulls those that differ.</summary>
    public async Task CompareAsync(CancellationToken cancellation)
    {
        foreach (var kind in _replica.Kinds)
        {
            var sums = await Owner.SumsAsync(kind, cancellation);
            var mine = await SumsAsync(kind, cancellation);
            for (var shard = 0; shard < FeedShard.Count; shard++)
                if (mine.Sums[shard] != sums.Sums[shard] || mine.Other[shard] is { } epochs && epochs.Any(e => e != sums.Epoch))
                    await RepairShardAsync(kind, shard, cancellation);
        }
        _compared = true;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await gate.WaitAsync(stoppingToken);
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await CompareAsync(stoppingToken);
                failures = 0;
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                if (failures++ == 0)
                    LogAway(_replica.Owner, failure.Message);
            }
            var wait = _compared ? settings.Value.FollowInterval : TimeSpan.FromMilliseconds(Math.Min(5000, 100 << Math.Min(failures, 6)));
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    IFeedOwner Owner => services.GetRequiredKeyedService<IFeedOwner>(_replica.Owner);

    Task<bool> StartPull(FeedName feed) => Task.Run(async () =>
    {
        try
        {
            // Bounded by the owner's client's own time-out, and shared by all who wait: one who gives up does not take it from the others.
            await PullAsync([feed.ToString()], CancellationToken.None);
            return true;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            LogAway(_replica.Owner, failure.Message);
            return false;
        }
        finally
        {
            _pulls.TryRemove(feed, out _);
        }
    });

    async Task PullAsync(IReadOnlyList<string> feeds, CancellationToken cancellation)
    {
        for (var left = feeds; left.Count > 0;)
        {
            await using var db = database.Open();
            var stands = await db.Set<FollowedFeedRow>().Where(f => left.Contains(f.Id)).ToDictionaryAsync(f => f.Id, cancellation);
            var answer = await Owner.PullAsync(new PullRequest
            {
                Follower = true,
                Positions = [.. left.Select(f => new SyncPosition { Feed = f, Epoch = stands.GetValueOrDefault(f)?.Epoch, Revision = stands.GetValueOrDefault(f)?.Revision })],
            }, cancellation);
            foreach (var delta in answer.Deltas)
                await ApplyAsync(delta, cancellation);
            var said = answer.Deltas.ToDictionary(d => d.Feed);
            // A feed whose delta did not fit into the answer, or ends before the head, is asked for again.
            left = [.. answer.Heads.Where(h => said.TryGetValue(h.Feed, out var delta)
                ? delta.More
                : stands.GetValueOrDefault(h.Feed) is var row && ((row?.Epoch ?? 0) != h.Epoch || row!.Revision < h.Revision)).Select(h => h.Feed)];
        }
    }

    async Task RepairShardAsync(FeedKind kind, int shard, CancellationToken cancellation)
    {
        var heads = await Owner.ShardAsync(kind, shard, cancellation);
        await using var db = database.Open();
        var mine = await db.Set<FollowedFeedRow>().Where(f => f.Kind == kind && f.Shard == shard).ToDictionaryAsync(f => f.Id, cancellation);
        var behind = heads.Where(h => !mine.TryGetValue(h.Feed, out var row) || row.Epoch != h.Epoch || row.Revision != h.Revision).Select(h => h.Feed)
            .Concat(mine.Keys.Except(heads.Select(h => h.Feed))).ToList();
        foreach (var batch in behind.Chunk(PullBatch))
            await PullAsync(batch, cancellation);
        if (behind.Count > 0 && _compared)
            meters.TailsRepaired.Add(behind.Count, new KeyValuePair<string, object?>("service", database.Name));
    }

    async Task<(long[] Sums, long[]?[] Other)> SumsAsync(FeedKind kind, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var (sums, epochs) = (new long[FeedShard.Count], new long[]?[FeedShard.Count]);
        var rows = await db.Set<FollowedFeedRow>().Where(f => f.Kind == kind).GroupBy(f => new { f.Shard, f.Epoch })
            .Select(g => new { g.Key.Shard, g.Key.Epoch, Sum = g.Sum(f => f.Revision) }).ToListAsync(cancellation);
        foreach (var row in rows)
        {
            sums[row.Shard] += row.Sum;
            epochs[row.Shard] = [.. epochs[row.Shard] ?? [], row.Epoch];
        }
        return (sums, epochs);
    }

    async Task<Verdict> ApplyAsync(Delta delta, CancellationToken cancellation)
    {
        var name = FeedName.Parse(delta.Feed);
        var verdict = await database.WriteAsync(async (db, sql) =>
        {
            await sql.RunAsync("INSERT INTO followed_feeds (id, kind, shard, epoch, revision) VALUES (@p0, @p1, @p2, 0, 0) ON CONFLICT (id) DO NOTHING",
                cancellation, delta.Feed, (int)name.Kind, FeedShard.Of(delta.Feed));
            var (epoch, revision) = await LockAsync(sql, delta.Feed, cancellation);
            var judged = ReaderRule.Judge(epoch, revision, delta);
            if (judged == Verdict.Reset)
                await _replica.ClearAsync(db, sql, name, cancellation);
            if (judged is Verdict.Reset or Verdict.Apply)
            {
                await _replica.ApplyAsync(db, sql, name, [.. delta.Items.Where(i => judged == Verdict.Reset || FeedItems.Revision(i) > revision)], cancellation);
                await sql.RunAsync("UPDATE followed_feeds SET epoch = @p0, revision = @p1 WHERE id = @p2", cancellation, delta.Epoch, delta.To, delta.Feed);
            }
            return judged;
        }, cancellation);
        if (verdict is Verdict.Reset or Verdict.Apply)
            _replica.Committed(name);
        return verdict;
    }

    async Task<(long Epoch, long Revision)> LockAsync(System.Data.Common.DbTransaction sql, string feed, CancellationToken cancellation)
    {
        await using var command = sql.Command($"SELECT epoch, revision FROM followed_feeds WHERE id = @p0{(database.IsSqlite ? "" : " FOR UPDATE")}", feed);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    [LoggerMessage(1104, LogLevel.Warning, "The {Owner} service could not be followed: {Failure} It is tried again.")]
    partial void LogAway(string owner, string failure);
}
