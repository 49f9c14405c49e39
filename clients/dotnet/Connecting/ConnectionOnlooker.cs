using ChatGenius.Feeds;

namespace ChatGenius.Client;

/// <summary>One who looks on at the connection. Bounded: one that never looks keeps the newest transitions. Thread-safe.</summary>
internal sealed class ConnectionOnlooker(TimeProvider time)
{
    const int Bound = 128;

    readonly Lock _gate = new();
    readonly Queue<ConnectionChange> _changes = new();

    public Wakeup Wakeup { get; } = new(time);

    public void Put(ConnectionChange change)
    {
        lock (_gate)
        {
            if (_changes.Count == Bound)
                _changes.Dequeue();
            _changes.Enqueue(change);
        }
        Wakeup.Call();
    }

    public ConnectionChange? Take()
    {
        lock (_gate)
            return _changes.TryDequeue(out var change) ? change : null;
    }
}
