namespace ChatGenius.Client;

/// <summary>The states of a client's connection.</summary>
public enum ConnectionState
{
    /// <summary>Not connected, and not trying: before the start, after the stop, when the session ended, or while this machine has no network.</summary>
    Offline,

    /// <summary>Trying to connect, for the first time or again.</summary>
    Connecting,

    /// <summary>Connected, and syncing what was missed.</summary>
    CatchingUp,

    /// <summary>At head in every feed.</summary>
    Live,
}

/// <summary>A transition of the connection. From connecting to connecting: an attempt failed, and another follows.</summary>
public readonly record struct ConnectionChange(ConnectionState From, ConnectionState To, ConnectionCause Cause);
