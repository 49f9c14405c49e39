using ChatGenius.Realtime.Connections;

namespace ChatGenius.Realtime.LiveFeeds;

/// <summary>The connections that take a feed on this instance, live or by heads. Every step is under the gate that the feed shares with its roll of members. Thread-safe.</summary>
internal sealed class FeedReaders(LiveFeed feed, MembersRoll? roll, Lock gate, DeliveryPace pace, TimeProvider time)
{
    readonly ReaderTurns _live = new(pace.InTurn);
    readonly DeliveryRests _rests = new(pace, time);
    readonly HashSet<LiveConnection> _heads = [];
    bool _delivered;
    long _lastSeq;

    /// <summary>The last seq of the channel that is known of; null for feeds that count none. Read under the gate.</summary>
    public long? LastSeq => feed.Name.Kind == FeedKind.Messages ? _lastSeq : null;

    /// <summary>How many there are; read under the gate.</summary>
    public int Count => _live.Count + _heads.Count;

    /// <summary>True while somebody waits for a turn.</summary>
    public bool AreDue
    {
        get
        {
            lock (gate)
                return _live.AreDue;
        }
    }

    /// <summary>How long the next turn may gather more, none when not positive; for the feed's loop.</summary>
    public TimeSpan Rest => _rests.Due;

    /// <summary>When the last one left.</summary>
    public long IdleSince { get; private set; } = time.GetTimestamp();

    /// <summary>May the user read the feed, by what is known now?</summary>
    public bool MayRead(Guid user)
    {
        lock (gate)
            return feed.Name.Kind switch
            {
                FeedKind.Users => true,
                FeedKind.UserChannels or FeedKind.Reads => feed.Name.Id == user,
                _ => roll!.MayRead(feed.Name.Kind, user),
            };
    }

    /// <summary>
    /// Registers a connection, if its user may read the feed by what is known now, and answers it if the instance can. Access, registration and answer are one step: a removal comes before
    /// it or takes it off again, and what is applied after it is delivered.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="position">Where it stands and how it takes the feed.</param>
    /// <param name="served">The answer; null when the owner must be asked.</param>
    public bool TryRegister(LiveConnection connection, SyncPosition position, out FeedRead? served)
    {
        served = null;
        lock (gate)
        {
            if (!MayRead(connection.UserId) || feed.IsRetired)
                return false;
            var headsOnly = position.Mode == SyncMode.Heads;
            _ = headsOnly ? _live.Leave(connection) : _heads.Remove(connection);
            if (headsOnly)
                _heads.Add(connection);
            else
                _live.Join(connection);
            connection.Feeds[feed.Name] = feed;
            served = feed.Answers.Serve(position);
            if (!connection.Gone.IsCancellationRequested)
                return true;
        }
        Unregister(connection);
        return false;
    }

    /// <summary>Takes a connection off.</summary>
    public void Unregister(LiveConnection connection)
    {
        lock (gate)
        {
            connection.Feeds.TryRemove(feed.Name, out _);
            if (_live.Leave(connection) | _heads.Remove(connection))
                IdleSince = time.GetTimestamp();
        }
    }

    /// <summary>Takes off those who may not read any more, and tells them so; called under the gate.</summary>
    public void TakeOffRefused()
    {
        foreach (var connection in _live.All.Concat(_heads).Where(c => !MayRead(c.UserId)).ToList())
        {
            Unregister(connection);
            connection.Drop([feed.Name.ToString()]);
        }
    }

    /// <summary>Says something ephemeral to those who take the feed live, but for one user.</summary>
    public void Say(Outgoing outgoing, Guid except)
    {
        lock (gate)
            foreach (var connection in _live.All.Where(c => c.UserId != except))
                connection.Send(outgoing);
    }

    /// <summary>Ends when everything that is queued for the connections has been written. Delivery never waits for this; only a deliberate bug does.</summary>
    public async Task WrittenAsync()
    {
        LiveConnection[] connections;
        lock (gate)
            connections = [.. _live.All];
        foreach (var connection in connections)
            while (connection.HasQueued && !connection.Gone.IsCancellationRequested)
                await Task.Delay(TimeSpan.FromMilliseconds(5), time);
    }

    /// <summary>Notes the last seq that the owner spoke of; called under the gate.</summary>
    public void NoteLastSeq(long seq) => _lastSeq = Math.Max(_lastSeq, seq);

    /// <summary>
    /// Gives everyone a delta that the instance has applied; called under the gate. Where they are more than have one at once, they have it when it is their turn (<see cref="HandOutAsync"/>); so they do while
    /// they wait for something earlier.
    /// </summary>
    /// <param name="delta">The delta.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <param name="inTurns">False to give it to all of them now.</param>
    public void Deliver(Delta delta, DeliveryOrigin origin, bool inTurns)
    {
        _delivered = true;
        if (feed.Name.Kind == FeedKind.Messages)
            foreach (var item in delta.Items)
                NoteLastSeq(item.GetProperty("seq").GetInt64());
        if (_live.Count > 0)
        {
            // A reset is what this instance got for being far behind; each reader's own position decides what it needs.
            var outgoing = delta.Reset ? Outgoing.Behind([delta.Feed]) : Outgoing.Of(delta, origin);
            if (inTurns && pace.Together > 0 && (_live.Count > pace.Together || _live.AreDue))
                _live.Say(outgoing);
            else
                foreach (var connection in _live.All)
                    connection.Send(outgoing);
        }
        if (_heads.Count == 0)
            return;
        var head = new Head { Feed = delta.Feed, Epoch = delta.Epoch, Revision = delta.To, LastSeq = LastSeq };
        foreach (var connection in _heads)
            connection.NoteHead(head);
    }

    /// <summary>Gives those who wait longest what was delivered since their last turn; for the feed's loop.</summary>
    public async ValueTask HandOutAsync()
    {
        Turn? turn;
        lock (gate)
            turn = _live.Next();
        // Nothing was given to anyone: it waits for what is missing, or was known.
        if (turn is null && !_delivered)
            return;
        _delivered = false;
        _rests.Begin();
        // The thread pool takes turns: when this loop's turn comes again, each connection that was given the delta has had one, in which its frame was sent. So few frames are on their way at once that they
        // stay in the processor's caches, and on a busy machine, where turns take long, more gathers for the next delta. No connection is waited for: one that does not read takes no turn.
        for (; turn is { IsDone: false }; await Task.Yield())
            lock (gate)
                turn.Give(pace.Together);
        lock (gate)
            _rests.End(_live.Count, _live.Turns);
    }
}
