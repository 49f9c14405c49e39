using System.Collections.Concurrent;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Internal;

namespace ChatGenius.Feeds.Following;

/// <summary>
/// Keeps a durable copy of another owner's feeds up to date, as every reader does: takes deltas as they come, pulls at a gap, and compares sums of heads with the owner at start and
/// at every tick. Any number of instances may share the copy. Thread-safe.
/// </summary>
public sealed class Follower
{
    const int PullBatch = 200;

    readonly IReadOnlyCollection<FeedKind> _kinds;
    readonly IFollowerStore _store;
    readonly Func<IFeedOwner> _owner;
    readonly IFollowerNotes _notes;
    readonly TimeProvider _time;
    readonly int _schema;
    readonly Bug _bug;

    // Lazy, so that a pull begins only once it can be found here: one that ended before would never be taken out again.
    readonly ConcurrentDictionary<FeedName, Lazy<Task<bool>>> _pulls = new();
    volatile bool _compared;

    /// <param name="kinds">What is followed; all of one owner.</param>
    /// <param name="store">Where the copy is.</param>
    /// <param name="owner">The owner, asked for at each use.</param>
    /// <param name="notes">Told what happens.</param>
    /// <param name="time">The clock.</param>
    /// <param name="schema">The version of what is kept of each entity. What a lower version wrote is read again from nothing, since it may lack what this one keeps.</param>
    public Follower(IReadOnlyCollection<FeedKind> kinds, IFollowerStore store, Func<IFeedOwner> owner, IFollowerNotes notes, TimeProvider time, int schema)
        : this(kinds, store, owner, notes, time, schema, Bug.None)
    {
    }

    internal Follower(IReadOnlyCollection<FeedKind> kinds, IFollowerStore store, Func<IFeedOwner> owner, IFollowerNotes notes, TimeProvider time, int schema, Bug bug) =>
        (_kinds, _store, _owner, _notes, _time, _schema, _bug) = (kinds, store, owner, notes, time, schema, bug);

    /// <summary>True once the copy was compared with its owner; before that it may lack anything.</summary>
    public bool HasCompared => _compared;

    /// <summary>Compares at start and then at every tick, until the token ends it.</summary>
    /// <param name="interval">The time between two ticks.</param>
    public async Task RunAsync(TimeSpan interval, CancellationToken cancellation)
    {
        var failures = 0;
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                if (!_compared || _bug != Bug.NoTick)
                    await CompareAsync(cancellation);
                failures = 0;
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
            {
                _notes.NotCompared();
                if (failures++ == 0)
                    _notes.OwnerAway(failure);
            }
            // An owner that did not answer has used up most of a tick already.
            var soon = TimeSpan.FromMilliseconds(Math.Min(_compared ? 1000 : 5000, 100 << Math.Min(failures, 6)));
            var wait = (_compared && failures == 0) || soon > interval ? interval : soon;
            await Task.Delay(wait, _time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    /// <summary>Takes deltas that arrived from the bus. A gap is pulled.</summary>
    public async Task OfferAsync(IReadOnlyList<Delta> deltas, CancellationToken cancellation)
    {
        foreach (var delta in deltas)
        {
            var name = FeedName.Parse(delta.Feed);
            var verdict = _kinds.Contains(name.Kind) ? await ApplyAsync(delta, cancellation) : Verdict.Ignore;
            if (verdict == Verdict.Gap)
                _notes.Gap();
            if (verdict is Verdict.Gap or Verdict.Ask)
                await RefreshAsync(name, cancellation);
        }
    }

    /// <summary>Brings a feed up to its owner's present head. False when the owner is away.</summary>
    /// <remarks>A pull that is under way when this is called began before the call and does not count; callers that come together share the next one.</remarks>
    public async Task<bool> RefreshAsync(FeedName feed, CancellationToken cancellation)
    {
        if (_pulls.TryGetValue(feed, out var running))
            await running.Value.WaitAsync(cancellation);
        return await _pulls.GetOrAdd(feed, f => new Lazy<Task<bool>>(() => StartPullAsync(f))).Value.WaitAsync(cancellation);
    }

    /// <summary>Brings a feed to at least <paramref name="wanted"/>. False when that cannot be reached now.</summary>
    public async Task<bool> ReachAsync(FeedName feed, Fence wanted, CancellationToken cancellation) =>
        !wanted.MayLieBeyond(await StandsAsync(feed, cancellation))
        || (await RefreshAsync(feed, cancellation) && !wanted.IsAfter(await StandsAsync(feed, cancellation)));

    /// <summary>Where the copy stands in a feed; (0, 0) when it holds nothing.</summary>
    public async Task<Fence> StandsAsync(FeedName feed, CancellationToken cancellation)
    {
        var stood = Known((await _store.StandsAsync([feed.ToString()], cancellation)).GetValueOrDefault(feed.ToString()));
        return new Fence { Epoch = stood.Epoch, Revision = stood.Revision };
    }

    /// <summary>Compares all feeds with the owner, and pulls those that differ.</summary>
    public async Task CompareAsync(CancellationToken cancellation)
    {
        var behind = 0L;
        foreach (var kind in _kinds)
        {
            var sums = await _owner().SumsAsync(kind, cancellation);
            var mine = (await _store.SumsAsync(kind, cancellation)).ToLookup(s => s.Shard);
            for (var shard = 0; shard < FeedShard.Count; shard++)
            {
                var held = mine[shard].Sum(s => s.Sum);
                behind += Math.Max(0, sums.Sums[shard] - held);
                if (held != sums.Sums[shard] || (_bug != Bug.EpochsNotCompared && mine[shard].Any(s => s.Epoch != sums.Epoch || s.Schema < _schema)))
                    await RepairShardAsync(kind, shard, cancellation);
            }
        }
        _compared = true;
        _notes.Compared(behind);
    }

    async Task<bool> StartPullAsync(FeedName feed)
    {
        await Task.Yield();
        try
        {
            // Bounded by the owner's client's own time-out, and shared by all who wait: one who gives up does not take it from the others.
            await PullAsync([feed.ToString()], CancellationToken.None);
            return true;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            _notes.OwnerAway(failure);
            return false;
        }
        finally
        {
            _pulls.TryRemove(feed, out _);
        }
    }

    async Task PullAsync(IReadOnlyList<string> feeds, CancellationToken cancellation)
    {
        var stands = await _store.StandsAsync(feeds, cancellation);
        for (var (left, again) = (feeds, false); left.Count > 0; again = !again)
        {
            var answer = await _owner().PullAsync(new PullRequest
            {
                Follower = true,
                // Where what is held counts for nothing, every other question says it all the same: an owner that lost what an older version held learns it.
                Positions = [.. left.Select(f => (Feed: f, Stood: stands.GetValueOrDefault(f))).Select(f => (f.Feed, Stood: again ? f.Stood : Known(f.Stood)))
                    .Select(f => new SyncPosition { Feed = f.Feed, Epoch = f.Stood.Epoch, Revision = f.Stood.Revision })],
            }, cancellation);
            foreach (var delta in answer.Deltas)
                await ApplyAsync(delta, cancellation);
            // Asked for again: a feed whose delta did not fit into the answer or ends before the head, and one that was brought into another epoch while the question was under way.
            stands = await _store.StandsAsync(left, cancellation);
            left = [.. answer.Heads.Where(h => Known(stands.GetValueOrDefault(h.Feed)) is var stood && (stood.Epoch != h.Epoch || stood.Revision < h.Revision)).Select(h => h.Feed)];
        }
    }

    // What an older version wrote counts for nothing.
    Followed Known(Followed stood) => stood.Schema < _schema ? default : stood;

    async Task RepairShardAsync(FeedKind kind, int shard, CancellationToken cancellation)
    {
        var heads = await _owner().ShardAsync(kind, shard, cancellation);
        var mine = await _store.ShardAsync(kind, shard, cancellation);
        var behind = heads.Where(h => Known(mine.GetValueOrDefault(h.Feed)) is var stood && (stood.Epoch != h.Epoch || stood.Revision != h.Revision)).Select(h => h.Feed)
            .Concat(mine.Keys.Except(heads.Select(h => h.Feed))).ToList();
        foreach (var batch in behind.Chunk(PullBatch))
            await PullAsync(batch, cancellation);
        if (behind.Count > 0 && _compared)
            _notes.Repaired(behind.Count);
    }

    async Task<Verdict> ApplyAsync(Delta delta, CancellationToken cancellation)
    {
        var name = FeedName.Parse(delta.Feed);
        return await _store.WriteAsync(name, async copy =>
        {
            var (epoch, revision, _) = Known(copy.Stands);
            var judged = ReaderRule.Judge(epoch, revision, delta, _bug);
            // A copy never goes back, not even where its fields count for nothing: decisions were made, and content was accepted, under the position that it had.
            if (judged == Verdict.Reset && ReaderRule.Judge(copy.Stands.Epoch, copy.Stands.Revision, delta, _bug) == Verdict.Ignore)
                judged = Verdict.Ignore;
            if (judged == Verdict.Reset)
                await copy.ClearAsync(cancellation);
            if (judged is Verdict.Reset or Verdict.Apply)
            {
                await copy.ApplyAsync([.. delta.Items.Where(i => judged == Verdict.Reset || FeedItems.Revision(i) > revision)], cancellation);
                await copy.StandAsync(new Followed(delta.Epoch, delta.To, _schema), cancellation);
            }
            return judged;
        }, cancellation);
    }
}

/// <summary>What a follower tells of its work. Thread-safe; must not wait.</summary>
public interface IFollowerNotes
{
    /// <summary>The owner could not be asked; it is tried again.</summary>
    void OwnerAway(Exception failure);

    /// <summary>A tick found feeds behind and brought them up to date.</summary>
    void Repaired(int feeds);

    /// <summary>A delta came before the one that it follows, and the feed was pulled.</summary>
    void Gap();

    /// <summary>A comparison with the owner ended.</summary>
    /// <param name="behind">By how many revisions the copy was behind when it began, in all feeds together.</param>
    void Compared(long behind);

    /// <summary>A comparison with the owner failed; it is tried again.</summary>
    void NotCompared();
}
