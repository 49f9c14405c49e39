namespace ChatGenius.Realtime.Connections;

/// <summary>The states of a connection, as the server sees it.</summary>
internal enum ConnectionState
{
    /// <summary>Open, and nothing synced yet.</summary>
    Connecting,

    /// <summary>A sync is under way.</summary>
    Syncing,

    /// <summary>The last sync was answered; what happens is delivered.</summary>
    Live,

    /// <summary>Its queue overflowed: it was told to sync.</summary>
    Behind,

    /// <summary>It is being closed with a code.</summary>
    Draining,

    /// <summary>It is gone.</summary>
    Closed,
}

/// <summary>Which state may follow which. Pure.</summary>
internal static class ConnectionStates
{
    static readonly Dictionary<ConnectionState, ConnectionState[]> s_next = new()
    {
        [ConnectionState.Connecting] = [ConnectionState.Syncing, ConnectionState.Draining, ConnectionState.Closed],
        [ConnectionState.Syncing] = [ConnectionState.Live, ConnectionState.Behind, ConnectionState.Draining, ConnectionState.Closed],
        [ConnectionState.Live] = [ConnectionState.Syncing, ConnectionState.Behind, ConnectionState.Draining, ConnectionState.Closed],
        [ConnectionState.Behind] = [ConnectionState.Syncing, ConnectionState.Draining, ConnectionState.Closed],
        [ConnectionState.Draining] = [ConnectionState.Closed],
        [ConnectionState.Closed] = [],
    };

    /// <summary>True when <paramref name="to"/> may follow <paramref name="from"/>. A state does not follow itself.</summary>
    public static bool MayFollow(ConnectionState from, ConnectionState to) => s_next[from].Contains(to);
}
