using System.Collections.Concurrent;
using ChatGenius.Realtime.LiveFeeds;
using Microsoft.AspNetCore.Connections.Features;

namespace ChatGenius.Realtime.Connections;

/// <summary>One connection of the hub: who it is, what it takes, and its own queue with its own writer. Nothing here waits for another connection. Thread-safe.</summary>
internal sealed class LiveConnection
{
    /// <summary>How long a client gets to take the word that its connection closes.</summary>
    static readonly TimeSpan ClosingPatience = TimeSpan.FromSeconds(1);

    readonly Lock _gate = new();
    readonly TaskCompletionSource _closingSent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly HubConnectionContext _context;
    readonly OutboundQueue _queue;
    readonly RealtimeSettings _settings;
    readonly TimeProvider _time;
    readonly SemaphoreSlim _signal = new(0);
    readonly Dictionary<string, Head> _heads = new(StringComparer.Ordinal);
    long _writingSince;
    int _syncGeneration;
    volatile ConnectionClosing? _closing;

    public LiveConnection(HubConnectionContext context, RealtimeSettings settings, TimeProvider time)
    {
        (_context, _settings, _time) = (context, settings, time);
        _queue = new OutboundQueue(settings.QueueDeltas, settings.QueueBytes);
        UserId = context.User!.UserId();
        SessionId = context.User!.SessionId();
        ExpiresAt = context.User!.TokenExpiry();
    }

    public string Id => _context.ConnectionId;
    public Guid UserId { get; }
    public string SessionId { get; }

    /// <summary>When the connection's access token ends.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>True when the client was told that its token ends.</summary>
    public bool WasTold { get; private set; }

    /// <summary>The feeds that it is registered for.</summary>
    public ConcurrentDictionary<FeedName, LiveFeed> Feeds { get; } = new();

    /// <summary>What the user says about being here on this connection.</summary>
    public string Presence { get; set; } = PresenceState.Active;

    /// <summary>Users whose presence it is told.</summary>
    public IReadOnlySet<Guid> Watched { get; set; } = new HashSet<Guid>();

    /// <summary>Cancelled when the connection is gone.</summary>
    public CancellationToken Gone => _context.ConnectionAborted;

    /// <summary>Begins a sync; an older one of this connection is superseded.</summary>
    public int BeginSync() => Interlocked.Increment(ref _syncGeneration);

    /// <summary>True while no newer sync has begun.</summary>
    public bool IsNewest(int generation) => Volatile.Read(ref _syncGeneration) == generation;

    /// <summary>Swaps in the expiry of a fresh token.</summary>
    public void Renewed(DateTimeOffset expiresAt) => (ExpiresAt, WasTold) = (expiresAt, false);

    /// <summary>Tells the client that its token ends.</summary>
    public void TellExpiring()
    {
        WasTold = true;
        Send(Outgoing.Expiring(ExpiresAt));
    }

    /// <summary>Queues something; never waits.</summary>
    public void Send(Outgoing outgoing)
    {
        lock (_gate)
        {
            if (_closing is not null && outgoing.Delta is not null)
                return;
            _queue.Add(outgoing);
        }
        _signal.Release();
    }

    /// <summary>Notes a feed's head for the next <c>Heads</c>, of which there is at most one a second.</summary>
    public void NoteHead(Head head)
    {
        lock (_gate)
            _heads[head.Feed] = head;
    }

    /// <summary>Sends the heads that were noted; called once a second.</summary>
    public void SendHeads()
    {
        Head[] heads;
        lock (_gate)
        {
            if (_heads.Count == 0)
                return;
            heads = [.. _heads.Values];
            _heads.Clear();
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
                _heads.Remove(feed);
            }
        Send(Outgoing.Dropped(feeds));
    }

    /// <summary>Closes the connection with a code: says so, gives that a moment to leave, then ends it.</summary>
    public async Task CloseAsync(ConnectionClosing closing)
    {
        lock (_gate)
        {
            if (_closing is not null)
                return;
            _closing = closing;
        }
        Send(Outgoing.Closing(closing));
        await Task.WhenAny(_closingSent.Task, Task.Delay(ClosingPatience, _time, Gone));
        if (closing.Reconnect)
            _context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        else
            _context.Abort();
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

    /// <summary>Ends a connection that does not take what it is sent; there is no use in telling it. The transport's own time-out ends a write that hangs.</summary>
    public void CutOff() => _context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();

    /// <summary>Writes what is queued until the connection is gone. Never throws.</summary>
    public async Task PumpAsync()
    {
        try
        {
            while (true)
            {
                await _signal.WaitAsync(Gone);
                while (Take() is { } outgoing)
                {
                    Volatile.Write(ref _writingSince, _time.GetTimestamp());
                    await _context.WriteAsync(outgoing.Message, Gone);
                    Volatile.Write(ref _writingSince, 0);
                }
                if (_closing is not null)
                    _closingSent.TrySetResult();
            }
        }
        catch (Exception) when (Gone.IsCancellationRequested)
        {
            // The connection is gone; what was queued for it is the owner's state, which it reads when it comes back.
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Without its writer a connection would look alive and say nothing.
            CutOff();
        }
    }

    Outgoing? Take()
    {
        lock (_gate)
            return _queue.TryTake(out var outgoing) ? outgoing : null;
    }
}
