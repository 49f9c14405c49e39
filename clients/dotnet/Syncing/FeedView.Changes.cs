using System.Runtime.CompilerServices;

namespace ChatGenius.Client;

public sealed partial class FeedView
{
    readonly List<FeedOnlooker> _onlookers = [];

    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What is held, as a first change, and then every change, until cancelled. Each caller has its own; one that is slow gets several changes as one, and holds nobody up.</summary>
    public async IAsyncEnumerable<FeedChange> ChangesAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var onlooker = new FeedOnlooker(Time, Name.Kind);
        lock (_gate)
        {
            foreach (var item in _items.Values)
                onlooker.Put(item);
            _onlookers.Add(onlooker);
        }
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                FeedChange? change;
                lock (_gate)
                    change = onlooker.Take(Position, _reader.Floor, Continuity);
                if (change is not null)
                    yield return change;
                else
                    await onlooker.Wakeup.WaitAsync(null, cancellation);
            }
        }
        finally
        {
            lock (_gate)
                _onlookers.Remove(onlooker);
        }
        cancellation.ThrowIfCancellationRequested();
    }
}
