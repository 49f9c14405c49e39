namespace ChatGenius.Realtime.LiveFeeds;

/// <summary>What an owner said about one feed.</summary>
/// <param name="Delta">Everything since the position; null when there is nothing new, or only the head was asked for.</param>
/// <param name="Head">The feed's head; null when the feed failed.</param>
/// <param name="Failed">Why the position was refused.</param>
internal sealed record FeedRead(Delta? Delta, Head? Head, FailedFeed? Failed);

/// <summary>
/// Reads feeds from one owner for whoever asks. What is asked for while calls are under way goes together into the next one, and who asks for the same position shares it; never one that has
/// begun, so that a read always began after it was asked for. Thread-safe.
/// </summary>
internal sealed class OwnerReads(Func<IFeedOwner> owner, Action<int> counted)
{
    const int Batch = 500;

    /// <summary>Calls at once: one that hangs does not hold up the others.</summary>
    const int InFlight = 4;

    readonly Lock _gate = new();
    readonly Dictionary<ReadKey, TaskCompletionSource<FeedRead>> _waiting = [];
    int _running;

    /// <summary>Reads a feed since a position.</summary>
    /// <param name="position">The position.</param>
    /// <param name="follower">True when it is this instance's own.</param>
    /// <param name="cancellation">Gives up waiting; the call itself goes on for the others.</param>
    /// <exception cref="HttpRequestException">The owner is away.</exception>
    public Task<FeedRead> ReadAsync(SyncPosition position, bool follower, CancellationToken cancellation)
    {
        var key = new ReadKey(position.Feed, position.Epoch ?? 0, position.Revision ?? 0, position.Mode == SyncMode.Heads || position.Partial, follower);
        TaskCompletionSource<FeedRead>? waiting;
        lock (_gate)
        {
            if (!_waiting.TryGetValue(key, out waiting))
                _waiting[key] = waiting = new TaskCompletionSource<FeedRead>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_running < InFlight)
            {
                _running++;
                _ = CallAsync();
            }
        }
        return DoneAsync(waiting).WaitAsync(cancellation);
    }

    static async Task<FeedRead> DoneAsync(TaskCompletionSource<FeedRead> waiting) => await waiting.Task;

    async Task CallAsync()
    {
        // What is asked for in the same moment goes along.
        await Task.Yield();
        while (TakeBatch() is { Count: > 0 } batch)
            try
            {
                counted(batch.Count);
                var answer = await owner().PullAsync(new PullRequest { Follower = batch[0].Key.Follower, Positions = [.. batch.Select(b => b.Key.ToPosition())] }, CancellationToken.None);
                Settle(batch, answer);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                foreach (var (_, waiting) in batch)
                    waiting.TrySetException(failure);
            }
    }

    List<KeyValuePair<ReadKey, TaskCompletionSource<FeedRead>>> TakeBatch()
    {
        lock (_gate)
        {
            // A feed is in a batch once, and a batch speaks for the instance or for clients, not for both.
            var batch = new List<KeyValuePair<ReadKey, TaskCompletionSource<FeedRead>>>();
            var feeds = new HashSet<string>(StringComparer.Ordinal);
            foreach (var wanted in _waiting)
                if (batch.Count < Batch && (batch.Count == 0 || wanted.Key.Follower == batch[0].Key.Follower) && feeds.Add(wanted.Key.Feed))
                    batch.Add(wanted);
            foreach (var (key, _) in batch)
                _waiting.Remove(key);
            if (batch.Count == 0)
                _running--;
            return batch;
        }
    }

    static void Settle(List<KeyValuePair<ReadKey, TaskCompletionSource<FeedRead>>> batch, PullAnswer answer)
    {
        var deltas = answer.Deltas.ToDictionary(d => d.Feed, StringComparer.Ordinal);
        var heads = answer.Heads.ToDictionary(h => h.Feed, StringComparer.Ordinal);
        var failed = answer.Failed.ToDictionary(f => f.Feed, StringComparer.Ordinal);
        foreach (var (key, waiting) in batch)
            waiting.TrySetResult(new FeedRead(deltas.GetValueOrDefault(key.Feed), heads.GetValueOrDefault(key.Feed), failed.GetValueOrDefault(key.Feed)));
    }

    readonly record struct ReadKey(string Feed, long Epoch, long Revision, bool HeadOnly, bool Follower)
    {
        public SyncPosition ToPosition() => new() { Feed = Feed, Epoch = Epoch, Revision = Revision, Mode = HeadOnly ? SyncMode.Heads : null };
    }
}
