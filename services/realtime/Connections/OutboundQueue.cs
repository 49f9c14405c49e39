namespace ChatGenius.Realtime.Connections;

/// <summary>
/// What waits to be sent to one connection, bounded in number and bytes. Deltas of one feed that touch are joined while they wait. When the bound is met, all waiting
/// deltas are let go and the connection is told to sync their feeds: the state is the owner's, so nothing is lost. Pure; not thread-safe.
/// </summary>
/// <param name="maxDeltas">Deltas that may wait.</param>
/// <param name="maxBytes">Bytes that may wait.</param>
/// <param name="bug">None, but in tests.</param>
internal sealed class OutboundQueue(int maxDeltas, int maxBytes, Bug bug = Bug.None)
{
    /// <summary>Beyond so many waiting, what is ephemeral is left out.</summary>
    const int EphemeralLimit = 32;

    readonly LinkedList<Outgoing> _waiting = new();
    readonly Dictionary<string, LinkedListNode<Outgoing>> _lastOfFeed = new(StringComparer.Ordinal);
    readonly HashSet<string> _behind = new(StringComparer.Ordinal);
    int _bytes;
    int _deltas;

    public bool IsEmpty => _waiting.Count == 0 && _behind.Count == 0;

    /// <summary>What waits.</summary>
    public QueueDepth Depth => new(_deltas, _bytes);

    /// <summary>How often the bound was met.</summary>
    public int Overflows { get; private set; }

    /// <summary>Adds something to send.</summary>
    public void Add(Outgoing outgoing)
    {
        if (outgoing.IsEphemeral && _waiting.Count >= EphemeralLimit)
            return;
        if (outgoing.Delta is { } delta)
        {
            // The connection is told to sync this feed anyway, from a position that it then sends itself.
            if (_behind.Contains(delta.Feed))
                return;
            if (TryJoin(outgoing, delta.Feed))
                return;
            if (_deltas + 1 > maxDeltas || _bytes + outgoing.Bytes > maxBytes)
            {
                Overflow(delta.Feed);
                return;
            }
            _lastOfFeed[delta.Feed] = _waiting.AddLast(outgoing);
            _deltas++;
        }
        else
            _waiting.AddLast(outgoing);
        _bytes += outgoing.Bytes;
    }

    /// <summary>Takes what is to be sent next.</summary>
    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Outgoing? outgoing)
    {
        if (_behind.Count > 0)
        {
            outgoing = Outgoing.Behind([.. _behind]);
            _behind.Clear();
            return true;
        }
        outgoing = _waiting.First?.Value;
        if (outgoing is null)
            return false;
        Remove(_waiting.First!);
        return true;
    }

    /// <summary>Lets go of the deltas of a feed that the connection does not take any more.</summary>
    public void Forget(string feed)
    {
        _behind.Remove(feed);
        for (var node = _waiting.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.Delta?.Feed == feed)
                Remove(node);
            node = next;
        }
    }

    bool TryJoin(Outgoing outgoing, string feed)
    {
        if (!_lastOfFeed.TryGetValue(feed, out var last) || last.Value.JoinedWith(outgoing) is not { } joined)
            return false;
        _bytes += joined.Bytes - last.Value.Bytes;
        last.Value = joined;
        return true;
    }

    void Overflow(string feed)
    {
        Overflows++;
        if (bug == Bug.OverflowForgotten)
            return;
        _behind.Add(feed);
        for (var node = _waiting.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.Delta is { } delta)
            {
                _behind.Add(delta.Feed);
                Remove(node);
            }
            node = next;
        }
    }

    void Remove(LinkedListNode<Outgoing> node)
    {
        _waiting.Remove(node);
        _bytes -= node.Value.Bytes;
        if (node.Value.Delta is not { } delta)
            return;
        _deltas--;
        if (_lastOfFeed.TryGetValue(delta.Feed, out var last) && last == node)
            _lastOfFeed.Remove(delta.Feed);
    }
}

/// <summary>What waits for a connection.</summary>
internal readonly record struct QueueDepth(int Deltas, int Bytes);
