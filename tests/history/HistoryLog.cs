namespace ChatGenius.Histories;

/// <summary>What was observed, in the order in which it was added. Whoever observes adds in the order in which it happened to them. Thread-safe; grows with the run.</summary>
public sealed class HistoryLog
{
    readonly Lock _gate = new();
    readonly List<Observation> _observed = [];

    /// <summary>Adds one observation; never waits for anything but another add.</summary>
    public void Add(Observation observation)
    {
        lock (_gate)
            _observed.Add(observation);
    }

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _observed.Count;
        }
    }

    /// <summary>All there are by now.</summary>
    public IReadOnlyList<Observation> Snapshot()
    {
        lock (_gate)
            return [.. _observed];
    }
}
