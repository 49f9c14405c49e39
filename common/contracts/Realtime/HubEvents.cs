namespace ChatGenius.Contracts.Realtime;

/// <summary>Somebody writes in a channel.</summary>
public sealed record TypingSeen
{
    public required Guid ChannelId { get; init; }
    public required Guid UserId { get; init; }

    /// <summary>When to stop showing it, unless it is said again.</summary>
    public required DateTimeOffset Until { get; init; }
}

/// <summary>A user's presence.</summary>
public sealed record PresenceSeen
{
    public required Guid UserId { get; init; }

    /// <summary>One of <see cref="PresenceState"/>.</summary>
    public required string State { get; init; }
}

/// <summary>The states of presence.</summary>
public static class PresenceState
{
    public const string Active = "active";
    public const string Away = "away";
    public const string Offline = "offline";
}

/// <summary>The connection's token ends soon.</summary>
public sealed record TokenExpiring
{
    public required DateTimeOffset At { get; init; }
}

/// <summary>The answer to a renewed token.</summary>
public sealed record TokenRenewed
{
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>What a client saw of its connection since its last report; every field may be absent.</summary>
public sealed record ConnectionQuality
{
    /// <summary>Milliseconds.</summary>
    public double? RoundTripMs { get; init; }
    public int? Reconnects { get; init; }

    /// <summary>What made the connection drop, by cause.</summary>
    public IReadOnlyDictionary<string, int>? Causes { get; init; }
    public int? Gaps { get; init; }

    /// <summary><c>webSockets</c>, <c>serverSentEvents</c> or <c>longPolling</c>.</summary>
    public string? Transport { get; init; }

    /// <summary>Which client this is: <c>dotnet</c>, <c>typescript</c>, or another's own name.</summary>
    public string? Client { get; init; }

    /// <summary>For each of the reconnects, milliseconds from the loss until the client was back.</summary>
    public IReadOnlyList<double>? AwayMs { get; init; }

    /// <summary>For some of the messages sent, milliseconds from sending until the message came back with its channel.</summary>
    public IReadOnlyList<double>? PostMs { get; init; }

    /// <summary>Connections that were opened by another transport than WebSockets, by reason: <c>noUpgrade</c> (it was tried) or <c>chosen</c>.</summary>
    public IReadOnlyDictionary<string, int>? Fallbacks { get; init; }
}

/// <summary>Why and how the server closes a connection.</summary>
public sealed record ConnectionClosing
{
    /// <summary>One of <see cref="CloseCode"/>.</summary>
    public required int Code { get; init; }
    public required string Reason { get; init; }

    /// <summary>May the client come back?</summary>
    public required bool Reconnect { get; init; }

    /// <summary>Milliseconds to wait before coming back.</summary>
    public required int RetryAfterMs { get; init; }
}

/// <summary>The one table of close codes.</summary>
public static class CloseCode
{
    /// <summary>The token ended: renew it and come back.</summary>
    public const int Expired = 4001;

    /// <summary>The session ended: do not come back.</summary>
    public const int SessionEnded = 4002;

    /// <summary>The client did not read: come back; may arrive without <c>Closing</c>.</summary>
    public const int Stalled = 4003;

    /// <summary>The server shuts down: come back after the given time.</summary>
    public const int Draining = 4004;

    /// <summary>Too many connections of one user: come back later.</summary>
    public const int TooMany = 4005;

    /// <summary>The client broke the protocol: do not come back.</summary>
    public const int ProtocolError = 4006;

    /// <summary>What is said to a client that is closed with a code.</summary>
    public static ConnectionClosing Closing(int code, int? retryAfterMs = null) => code switch
    {
        Expired => new() { Code = code, Reason = "The access token expired. Renew it and come back.", Reconnect = true, RetryAfterMs = retryAfterMs ?? 0 },
        SessionEnded => new() { Code = code, Reason = "The session ended. Sign in again.", Reconnect = false, RetryAfterMs = retryAfterMs ?? 0 },
        Stalled => new() { Code = code, Reason = "The client did not read for too long. Come back.", Reconnect = true, RetryAfterMs = retryAfterMs ?? 500 },
        Draining => new() { Code = code, Reason = "The server shuts down. Come back.", Reconnect = true, RetryAfterMs = retryAfterMs ?? 1000 },
        TooMany => new() { Code = code, Reason = "Too many connections. Come back later.", Reconnect = true, RetryAfterMs = retryAfterMs ?? 30_000 },
        _ => new() { Code = code, Reason = "The client broke the protocol.", Reconnect = false, RetryAfterMs = retryAfterMs ?? 0 },
    };
}
