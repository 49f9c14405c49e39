namespace ChatGenius.Client;

/// <summary>Why the connection went from one state to another.</summary>
public enum ConnectionCause
{
    /// <summary>It was asked for.</summary>
    Started,

    /// <summary>The server took the connection.</summary>
    Opened,

    /// <summary>Something is to be synced: a gap, a head, <c>Behind</c>, <c>Dropped</c>, a feed newly watched.</summary>
    SomethingMissing,

    /// <summary>Every feed is at its head.</summary>
    CaughtUp,

    /// <summary>4001: the access token expired.</summary>
    Expired,

    /// <summary>4002, or the refresh token is refused: the session ended.</summary>
    SessionEnded,

    /// <summary>4003: this client did not read for too long.</summary>
    Stalled,

    /// <summary>4004: the server shuts down.</summary>
    Draining,

    /// <summary>4005: the user has too many connections.</summary>
    TooMany,

    /// <summary>4006: this client broke the protocol.</summary>
    ProtocolError,

    /// <summary>Closed with a code that this client does not know.</summary>
    OtherCode,

    /// <summary>The connection broke, or ended without a code.</summary>
    Lost,

    /// <summary>Nothing was heard for too long.</summary>
    Silent,

    /// <summary>401: the server does not take the token.</summary>
    Unauthenticated,

    /// <summary>Nobody is signed in.</summary>
    SignedOut,

    /// <summary>503 or another answer by which the server, or something before it, says that it cannot now.</summary>
    Unavailable,

    /// <summary>The name of the server is not known.</summary>
    NameUnknown,

    /// <summary>Nothing listens there, or no way leads there.</summary>
    Unreachable,

    /// <summary>This machine has no network.</summary>
    NoNetwork,

    /// <summary>It was stopped.</summary>
    Stopped,
}
