using System.Threading.Channels;
using ChatGenius.Contracts.Feeds;

namespace ChatGenius.Feeds.Owning;

/// <summary>
/// Hands the deltas of commits to the bus, best effort: no commit waits for it, what waits together leaves together, and what it loses the followers find at their next tick.
/// When <see cref="QueueLimit"/> commits wait, newer ones are let go. Thread-safe.
/// </summary>
public sealed class DeltaOutlet
{
    /// <summary>Commits that may wait.</summary>
    public const int QueueLimit = 4096;

    /// <summary>Messages that may be under way at once.</summary>
    public const int InFlight = 16;

    const int BytesPerMessage = 512 * 1024;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    readonly Channel<(IReadOnlyList<Delta> Deltas, CommitOrigin Origin)> _queue =
        Channel.CreateBounded<(IReadOnlyList<Delta>, CommitOrigin)>(new BoundedChannelOptions(QueueLimit) { SingleReader = true });
    readonly Channel<bool> _slots;
    readonly Func<IReadOnlyList<Delta>, IReadOnlyList<CommitOrigin>, CancellationToken, Task> _send;
    readonly Action<int, Exception?> _lost;
    readonly TimeProvider _time;
    readonly int _inFlight;
    readonly Bug _bug;
    long _unsent;

    /// <param name="send">Sends the deltas of commits as one message, and throws when that failed.</param>
    /// <param name="lost">Told how many deltas were let go, and why: null for a full queue.</param>
    /// <param name="time">The clock.</param>
    public DeltaOutlet(Func<IReadOnlyList<Delta>, IReadOnlyList<CommitOrigin>, CancellationToken, Task> send, Action<int, Exception?> lost, TimeProvider time)
        : this(send, lost, time, InFlight, Bug.None)
    {
    }

    internal DeltaOutlet(Func<IReadOnlyList<Delta>, CancellationToken, Task> send, Action<int, Exception?> lost, TimeProvider time, int inFlight, Bug bug)
        : this((deltas, _, cancellation) => send(deltas, cancellation), lost, time, inFlight, bug)
    {
    }

    DeltaOutlet(Func<IReadOnlyList<Delta>, IReadOnlyList<CommitOrigin>, CancellationToken, Task> send, Action<int, Exception?> lost, TimeProvider time, int inFlight, Bug bug)
    {
        (_send, _lost, _time, _inFlight, _bug) = (send, lost, time, inFlight, bug);
        _slots = Channel.CreateBounded<bool>(inFlight);
        for (var i = 0; i < inFlight; i++)
            _slots.Writer.TryWrite(true);
    }

    /// <summary>Deltas of commits that no message has carried yet: how far what is said is behind what is stored.</summary>
    public long Unsent => Volatile.Read(ref _unsent);

    /// <summary>Takes the deltas of a commit; never waits.</summary>
    public void Publish(IReadOnlyList<Delta> deltas) => Publish(deltas, default);

    /// <inheritdoc cref="Publish(IReadOnlyList{Delta})"/>
    public void Publish(IReadOnlyList<Delta> deltas, CommitOrigin origin)
    {
        Interlocked.Add(ref _unsent, deltas.Count);
        if (_queue.Writer.TryWrite((deltas, origin)))
            return;
        Interlocked.Add(ref _unsent, -deltas.Count);
        _lost(deltas.Count, null);
    }

    /// <summary>Takes in no more; what waits is still sent.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    /// <summary>Sends what is published until the outlet is completed and empty, or the token ends it.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (await _queue.Reader.WaitToReadAsync(cancellation))
        {
            // The slot first: while all are taken, what waits grows into one message.
            await _slots.Reader.ReadAsync(cancellation);
            var (batch, origins) = (new List<Delta>(), new List<CommitOrigin>());
            for (var bytes = 0; bytes < BytesPerMessage && _queue.Reader.TryRead(out var commit); bytes += commit.Deltas.Sum(Deltas.Bytes))
            {
                batch.AddRange(commit.Deltas);
                origins.Add(commit.Origin);
            }
            _ = SendAsync(Joined(batch), origins, batch.Count);
        }
        for (var i = 0; i < _inFlight; i++)
            await _slots.Reader.ReadAsync(cancellation);
    }

    async Task SendAsync(List<Delta> deltas, List<CommitOrigin> origins, int count)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience, _time);
            await _send(deltas, origins, patience.Token);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            _lost(deltas.Count, failure);
        }
        finally
        {
            Interlocked.Add(ref _unsent, -count);
            _slots.Writer.TryWrite(true);
        }
    }

    List<Delta> Joined(List<Delta> batch)
    {
        var last = new Dictionary<string, int>(batch.Count);
        var joined = new List<Delta>(batch.Count);
        foreach (var delta in batch)
        {
            if (last.TryGetValue(delta.Feed, out var at) && Deltas.TryJoin(joined[at], _bug == Bug.MergedAcrossAGap ? delta with { From = Math.Min(delta.From, joined[at].To) } : delta, out var sum))
                joined[at] = sum;
            else
            {
                last[delta.Feed] = joined.Count;
                joined.Add(delta);
            }
        }
        return joined;
    }
}
