using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics;
using ChatGenius.Hosting.Telemetry;
using ChatGenius.Realtime.LiveFeeds;

namespace ChatGenius.Realtime.Connections;

/// <summary>Whose a connection is.</summary>
/// <param name="UserId">The user.</param>
/// <param name="SessionId">The session of its token.</param>
/// <param name="ExpiresAt">When its token ends.</param>
/// <param name="Transport">How it is connected.</param>
internal sealed record ConnectionOwner(Guid UserId, string SessionId, DateTimeOffset ExpiresAt, string Transport);

/// <summary>A step of a connection.</summary>
/// <param name="From">The state that it left.</param>
/// <param name="To">The state that it is in.</param>
/// <param name="Cause">Why, in a word.</param>
/// <param name="Code">The close code; null where there is none.</param>
internal readonly record struct ConnectionMove(ConnectionState From, ConnectionState To, string Cause, int? Code);

/// <summary>
/// One connection of the hub: who it is, what it takes, and its own queue with its own writer. Nothing here waits for another connection. Most connections are idle most of the time, and memory for each
/// is what limits how many an instance holds, so what only a busy one needs is made when it is needed. Thread-safe.
/// </summary>
internal sealed class LiveConnection
{
    /// <summary>How long a client gets to take the word that its connection closes.</summary>
    static readonly TimeSpan ClosingPatience = TimeSpan.FromSeconds(1);

    /// <summary>How long the transport gets to put that word on the wire before the connection is ended under it.</summary>
    static readonly TimeSpan WirePatience = TimeSpan.FromMilliseconds(100);

    /// <summary>When so much is taken for one write, what still waits is for the next.</summary>
    const int BytesTogether = 32 * 1024;

    readonly Lock _gate = new();
    readonly IConnectionLine _line;
    readonly ConnectionOwner _owner;
    readonly OutboundQueue _queue;
    readonly RealtimeSettings _settings;
    readonly TimeProvider _time;
    readonly Action<LiveConnection, ConnectionMove> _moved;
    readonly Action<LiveConnection, Outgoing>? _handed;
    readonly long _opened;
    readonly Bug _bug;
    TokenTerm _term;
    Dictionary<string, Head>? _heads;
    bool _hasWriter;
    long _writingSince;
    int _syncGeneration;
    volatile ConnectionClosing? _closing;
    volatile Outgoing? _farewell;
    volatile Wakeup? _farewellSent;

    /// <param name="line">The wire.</param>
    /// <param name="owner">Whose it is.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="moved">Told of each step from state to state; must not wait.</param>
    /// <param name="handed">Told of all that the transport has taken; must not wait.</param>
    /// <param name="bug">None, but in tests.</param>
    public LiveConnection(
        IConnectionLine line, ConnectionOwner owner, RealtimeSettings settings, TimeProvider time, Action<LiveConnection, ConnectionMove> moved,
        Action<LiveConnection, Outgoing>? handed = null, Bug bug = Bug.None)
    {
        (_line, _owner, _settings, _time, _moved, _handed, _bug) = (line, owner, settings, time, moved, handed, bug);
        _opened = time.GetTimestamp();
        _queue = new OutboundQueue(settings.QueueDeltas, settings.QueueBytes, bug);
        _term = new TokenTerm(owner.ExpiresAt);
    }

    public string Id => _line.Id;
    public Guid UserId => _owner.UserId;
    public string SessionId => _owner.SessionId;
    public string Transport => _owner.Transport;

    /// <summary>Its state.</summary>
    public ConnectionState State { get; private set; }

    /// <summary>The code with which it is being closed, or was; null when it is not.</summary>
    public int? ClosingCode => _closing?.Code;

    /// <summary>When the connection's access token ends.</summary>
    public DateTimeOffset ExpiresAt => _term.ExpiresAt;

    /// <summary>The feeds that it is registered for.</summary>
    public ConcurrentDictionary<FeedName, LiveFeed> Feeds { get; } = new(concurrencyLevel: 1, capacity: 7);

    /// <summary>What the user says about being here on this connection.</summary>
    public string Presence { get; set; } = PresenceState.Active;

    /// <summary>Users whose presence it is told.</summary>
    public IReadOnlySet<Guid> Watched { get; set; } = FrozenSet<Guid>.Empty;

    /// <summary>Cancelled when the connection is gone.</summary>
    public CancellationToken Gone => _line.Gone;

    /// <summary>How long it has been open.</summary>
    public TimeSpan Age => _time.GetElapsedTime(_opened);

    /// <summary>What waits for it.</summary>
    public QueueDepth Queued
    {
        get
        {
            lock (_gate)
                return _queue.Depth;
        }
    }

    /// <summary>True while something waits or is being written.</summary>
    public bool HasQueued
    {
        get
        {
            lock (_gate)
                return !_queue.IsEmpty || Volatile.Read(ref _writingSince) != 0;
        }
    }

    /// <summary>Begins a sync; an older one of this connection is superseded.</summary>
    public int BeginSync()
    {
        lock (_gate)
            Move(ConnectionState.Syncing, "sync");
        return Interlocked.Increment(ref _syncGeneration);
    }

    /// <summary>Says that a sync ended; one that was superseded ends nothing.</summary>
    public void EndSync(int generation)
    {
        lock (_gate)
            if (IsNewest(generation) && State == ConnectionState.Syncing)
                Move(ConnectionState.Live, "synced");
    }

    /// <summary>True while no newer sync has begun.</summary>
    public bool IsNewest(int generation) => Volatile.Read(ref _syncGeneration) == generation;

    /// <summary>Swaps in the expiry of a fresh token.</summary>
    public void Renewed(DateTimeOffset expiresAt)
    {
        lock (_gate)
            _term = new TokenTerm(expiresAt);
    }

    /// <summary>What its token asks for now; a client is told once.</summary>
    public TokenNeed LookAtToken()
    {
        lock (_gate)
        {
            var need = _bug == Bug.ExpiryIgnored ? TokenNeed.Nothing : _term.At(_time.GetUtcNow(), _settings);
            if (need == TokenNeed.Notice)
                _term = _term with { WasTold = true };
            return need;
        }
    }

    /// <summary>Queues something; never waits.</summary>
    public void Send(Outgoing outgoing)
    {
        lock (_gate)
        {
            if (_closing is not null && outgoing.Delta is not null)
                return;
            var before = _queue.Overflows;
            _queue.Add(outgoing);
            if (_queue.Overflows > before)
                Move(ConnectionState.Behind, "overflow");
            if (_hasWriter)
                return;
            _hasWriter = true;
        }
        _ = WriteAsync();
    }

    /// <summary>Notes a feed's head for the next <c>Heads</c>, of which there is at most one a second.</summary>
    public void NoteHead(Head head)
    {
        lock (_gate)
            (_heads ??= new(StringComparer.Ordinal))[head.Feed] = head;
    }

    /// <summary>Sends the heads that were noted; called once a second.</summary>
    public void SendHeads()
    {
        Head[] heads;
        lock (_gate)
        {
            if (_heads is null)
                return;
            heads = [.. _heads.Values];
            _heads = null;
        }
        Send(Outgoing.Heads(heads));
    }

    /// <summary>Takes back what waits of a feed, and says that nothing more comes.</summary>
    public void Drop(IReadOnlyList<string> feeds)
    {
        lock (_gate)
            foreach (var feed in feeds)
            {
                _queue.Forget(feed);
                _heads?.Remove(feed);
            }
        Send(Outgoing.Dropped(feeds));
    }

    /// <summary>Closes the connection with a code: says so, gives that a moment to leave, then ends it.</summary>
    public async Task CloseAsync(ConnectionClosing closing, string cause)
    {
        lock (_gate)
        {
            if (_closing is not null)
                return;
            _closing = closing;
            Move(ConnectionState.Draining, cause);
        }
        var sent = _farewellSent = new Wakeup(_time);
        _farewell = Outgoing.Closing(closing);
        Send(_farewell);
        await sent.WaitAsync(ClosingPatience, Gone);
        if (closing.Reconnect)
        {
            _line.RequestClose();
            return;
        }
        await Task.Delay(WirePatience, _time, Gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _line.Abort();
    }

    /// <summary>Says that the connection is gone.</summary>
    public void Closed()
    {
        lock (_gate)
            Move(ConnectionState.Closed, _closing is null ? "lost" : "closed");
    }

    /// <summary>True when one write has taken too long.</summary>
    public bool IsStalled
    {
        get
        {
            var since = Volatile.Read(ref _writingSince);
            return since != 0 && _time.GetElapsedTime(since) > _settings.StallLimit;
        }
    }

    // Writes what is queued, until nothing is: there is one writer at most, and none where nothing waits. Never throws. A writer that was ended by the connection's end leaves none to follow it.
    async Task WriteAsync()
    {
        await Task.Yield();
        Traces.Leave();
        var together = new List<Outgoing>(1);
        try
        {
            while (!Gone.IsCancellationRequested && TryTake(together))
            {
                Volatile.Write(ref _writingSince, _time.GetTimestamp());
                var steps = BeginHanding(together);
                try
                {
                    await _line.WriteAsync(together, Gone);
                }
                finally
                {
                    while (steps?.TryPop(out var step) is true)
                        step.Dispose();
                }
                Volatile.Write(ref _writingSince, 0);
                Handed(together);
                if (_bug == Bug.WakeUpLost)
                {
                    _hasWriter = false;
                    return;
                }
            }
        }
        catch (Exception) when (Gone.IsCancellationRequested)
        {
            // The connection is gone; what was queued for it is the owner's state, which it reads when it comes back.
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Without its writer a connection would look alive and say nothing.
            _line.RequestClose();
        }
    }

    // Called under the gate. What may not follow is refused: a sync of a connection that is being closed does not make it live again.
    void Move(ConnectionState to, string cause)
    {
        if (!ConnectionStates.MayFollow(State, to))
            return;
        var from = State;
        State = to;
        _moved(this, new ConnectionMove(from, to, cause, ClosingCode));
    }

    // What waits leaves together. A part of it at a time, so that of a connection that reads slowly the rest can still be joined, or taken back.
    bool TryTake(List<Outgoing> together)
    {
        together.Clear();
        var bytes = 0;
        lock (_gate)
        {
            while (bytes < BytesTogether && _queue.TryTake(out var outgoing))
            {
                together.Add(outgoing);
                bytes += outgoing.Bytes;
            }
            return _hasWriter = together.Count > 0;
        }
    }

    // Null when none of them is traced.
    Stack<Activity>? BeginHanding(List<Outgoing> together)
    {
        Stack<Activity>? steps = null;
        foreach (var outgoing in together)
            if (outgoing.BeginHanding() is { } step)
                (steps ??= []).Push(step.SetTag("chatgenius.transport", Transport));
        return steps;
    }

    void Handed(List<Outgoing> together)
    {
        foreach (var outgoing in together)
        {
            _handed?.Invoke(this, outgoing);
            if (outgoing == _farewell)
                _farewellSent?.Call();
        }
    }
}
