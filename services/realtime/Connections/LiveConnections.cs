using ChatGenius.Realtime.LiveFeeds;

namespace ChatGenius.Realtime.Connections;

/// <summary>The connections of this instance, by id and by user. Thread-safe.</summary>
/// <param name="settings">The settings.</param>
/// <param name="hasEnded">Whether a session is known to have ended.</param>
/// <param name="meters">What is counted.</param>
/// <param name="logger">What is logged.</param>
/// <param name="time">The clock.</param>
/// <param name="bug">None, but in tests.</param>
internal sealed partial class LiveConnections(
    RealtimeSettings settings, Func<string, bool> hasEnded, ConnectionMeters meters, ILogger logger, TimeProvider time, Bug bug = Bug.None)
{
    readonly Lock _gate = new();
    readonly Dictionary<string, LiveConnection> _byId = new(StringComparer.Ordinal);
    readonly Dictionary<Guid, List<LiveConnection>> _byUser = [];
    // One of each for all connections.
    Action<LiveConnection, ConnectionMove>? _moved;
    Action<LiveConnection, Outgoing>? _handed;
    bool _draining;

    /// <summary>Every connection there is, as of now.</summary>
    public IReadOnlyList<LiveConnection> All
    {
        get
        {
            lock (_gate)
                return [.. _byId.Values];
        }
    }

    /// <summary>Raised when a connection came or went.</summary>
    public event Action<LiveConnection>? Changed;

    /// <summary>A connection by its id.</summary>
    /// <exception cref="KeyNotFoundException">It is gone.</exception>
    public LiveConnection Get(string id)
    {
        lock (_gate)
            return _byId[id];
    }

    /// <summary>The connections of a user.</summary>
    public IReadOnlyList<LiveConnection> Of(Guid user)
    {
        lock (_gate)
            return _byUser.TryGetValue(user, out var connections) ? [.. connections] : [];
    }

    /// <summary>Takes in a connection.</summary>
    public LiveConnection Open(IConnectionLine line, ConnectionOwner owner)
    {
        var connection = new LiveConnection(line, owner, settings, time, _moved ??= Moved, _handed ??= Handed, bug);
        int ofUser;
        bool draining;
        lock (_gate)
        {
            draining = _draining;
            _byId[connection.Id] = connection;
            if (!_byUser.TryGetValue(connection.UserId, out var connections))
                _byUser[connection.UserId] = connections = [];
            connections.Add(connection);
            ofUser = connections.Count;
        }
        meters.Opened(connection);
        LogOpened(logger, connection.Id, connection.UserId, connection.SessionId, connection.Transport);
        if (ofUser > settings.ConnectionsPerUser)
            Close(connection, CloseCode.Closing(CloseCode.TooMany), "too many");
        if (draining)
            Close(connection, CloseCode.Closing(CloseCode.Draining), "draining");
        // It may have ended after the token was looked at, and before the connection could be found here.
        if (hasEnded(connection.SessionId) && bug != Bug.RevocationMissedAtOpening)
            Close(connection, CloseCode.Closing(CloseCode.SessionEnded), "session ended");
        Changed?.Invoke(connection);
        return connection;
    }

    /// <summary>Closes every connection that comes from now on.</summary>
    /// <returns>Those that were here before, which the caller closes.</returns>
    public IReadOnlyList<LiveConnection> Drain()
    {
        lock (_gate)
        {
            _draining = true;
            return [.. _byId.Values];
        }
    }

    /// <summary>Lets go of a connection that is gone.</summary>
    public void Leave(string id)
    {
        LiveConnection? connection;
        lock (_gate)
        {
            if (!_byId.Remove(id, out connection))
                return;
            var connections = _byUser[connection.UserId];
            connections.Remove(connection);
            if (connections.Count == 0)
                _byUser.Remove(connection.UserId);
        }
        LiveFeedDirectory.Leave(connection);
        connection.Closed();
        Changed?.Invoke(connection);
    }

    /// <summary>Closes a connection with a code; nobody waits for it.</summary>
    public void Close(LiveConnection connection, ConnectionClosing closing, string cause) => _ = connection.CloseAsync(closing, cause);

    /// <summary>Closes the connections of a session that ended.</summary>
    public void End(string session)
    {
        if (bug == Bug.RevocationIgnored)
            return;
        foreach (var connection in All.Where(c => c.SessionId == session))
            Close(connection, CloseCode.Closing(CloseCode.SessionEnded), "session ended");
    }

    void Handed(LiveConnection connection, Outgoing outgoing) => meters.Handed(connection, outgoing, time);

    void Moved(LiveConnection connection, ConnectionMove move)
    {
        meters.Moved(connection, move);
        var level = move.To is ConnectionState.Syncing or ConnectionState.Live ? LogLevel.Debug : LogLevel.Information;
        LogMoved(logger, level, connection.Id, connection.UserId, move.From, move.To, move.Cause, move.Code);
    }

    [LoggerMessage(4201, LogLevel.Information, "Connection {Connection} of user {User} opened (session {Session}, {Transport}).")]
    static partial void LogOpened(ILogger logger, string connection, Guid user, string session, string transport);

    [LoggerMessage(EventId = 4202, Message = "Connection {Connection} of user {User} went from {From} to {To}: {Cause} (code {Code}).")]
    static partial void LogMoved(ILogger logger, LogLevel level, string connection, Guid user, ConnectionState from, ConnectionState to, string cause, int? code);
}
