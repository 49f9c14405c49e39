using ChatGenius.Realtime.Connections;

namespace ChatGenius.Realtime.LiveFeeds;

/// <summary>The connections that take a feed on this instance, live or by heads. Every step is under the gate that the feed shares with its roll of members. Thread-safe.</summary>
internal sealed class FeedReaders(LiveFeed feed, MembersRoll? roll, Lock gate, TimeProvider time)
{
    readonly HashSet<LiveConnection> _live = [];
    readonly HashSet<LiveConnection> _heads = [];
    long _lastSeq;

    /// <summary>The last seq of the channel that is known of; null for feeds that count none. Read under the gate.</summary>
    public long? LastSeq => feed.Name.Kind == FeedKind.Messages ? _lastSeq : null;

    /// <summary>How many there are; read under the gate.</summary>
    public int Count => _live.Count + _heads.Count;

    /// <summary>How many take it live; read under the gate.</summary>
    public int LiveCount => _live.Count;

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
            _ = headsOnly ? _live.Remove(connection) : _heads.Remove(connection);
            _ = headsOnly ? _heads.Add(connection) : _live.Add(connection);
            connection.Feeds[feed.Name] = feed;
            served = feed.Serve(position);
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
            if (_live.Remove(connection) | _heads.Remove(connection))
                IdleSince = time.GetTimestamp();
        }
    }

    /// <summary>Takes off those who may not read any more, and tells them so; called under the gate.</summary>
    public void TakeOffRefused()
    {
        foreach (var connection in _live.Concat(_heads).Where(c => !MayRead(c.UserId)).ToList())
        {
            Unregister(connection);
            connection.Drop([feed.Name.ToString()]);
        }
    }

    /// <summary>Says something ephemeral to those who take the feed live, but for one user.</summary>
    public void Say(Outgoing outgoing, Guid except)
    {
        lock (gate)
            foreach (var connection in _live.Where(c => c.UserId != except))
                connection.Send(outgoing);
    }

    /// <summary>Ends when everything that is queued for the connections has been written. Delivery never waits for this; only a deliberate bug does.</summary>
    public async Task WrittenAsync()
    {
        LiveConnection[] connections;
        lock (gate)
            connections = [.. _live];
        foreach (var connection in connections)
            while (connection.HasQueued && !connection.Gone.IsCancellationRequested)
                await Task.Delay(TimeSpan.FromMilliseconds(5), time);
    }

    /// <summary>Notes the last seq that the owner spoke of; called under the gate.</summary>
    public void NoteLastSeq(long seq) => _lastSeq = Math.Max(_lastSeq, seq);

    /// <summary>
    /// Gives everyone a delta that the instance has applied; called under the gate. Where they are more than so many, the rest have it by <see cref="HandOn"/>: until then, nothing later may be
    /// delivered.
    /// </summary>
    /// <param name="delta">The delta.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <param name="together">How many have it now; 0 for all.</param>
    /// <returns>Who have it later; null when nobody.</returns>
    public Handing? Deliver(Delta delta, DeliveryOrigin origin, int together = 0)
    {
        Handing? later = null;
        if (feed.Name.Kind == FeedKind.Messages)
            foreach (var item in delta.Items)
                NoteLastSeq(item.GetProperty("seq").GetInt64());
        if (_live.Count > 0)
        {
            // A reset is what this instance got for being far behind; each reader's own position decides what it needs.
            var outgoing = delta.Reset ? Outgoing.Behind([delta.Feed]) : Outgoing.Of(delta, origin);
            if (together > 0 && _live.Count > together)
                later = new Handing(outgoing, [.. _live]);
            else
                foreach (var connection in _live)
                    connection.Send(outgoing);
        }
        if (_heads.Count == 0)
            return later;
        var head = new Head { Feed = delta.Feed, Epoch = delta.Epoch, Revision = delta.To, LastSeq = LastSeq };
        foreach (var connection in _heads)
            connection.NoteHead(head);
        return later;
    }

    /// <summary>Gives the next few what they have later. Who was taken off meanwhile is passed over.</summary>
    public void HandOn(Handing handing, int together)
    {
        lock (gate)
            foreach (var connection in handing.Next(together))
                if (_live.Contains(connection))
                    connection.Send(handing.Outgoing);
    }
}
