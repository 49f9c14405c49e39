using ChatGenius.Contracts.Feeds;

namespace ChatGenius.Histories;

/// <summary>A client applied a delta to what it holds.</summary>
public sealed record DeltaApplied(
    long At, string Client, Guid User, string Feed, long Epoch, long From, long To, bool Reset, long? Floor, Place? Fence, IReadOnlyList<Entity> Items) : Observation(At)
{
    /// <summary>Reads a delta that was applied.</summary>
    public static DeltaApplied Of(long at, string client, Guid user, Delta delta)
    {
        var kind = FeedName.Parse(delta.Feed).Kind;
        return new(at, client, user, delta.Feed, delta.Epoch, delta.From, delta.To, delta.Reset, delta.Floor, Place.Of(delta.Fence), [.. delta.Items.Select(item => Entity.Of(kind, item))]);
    }
}

/// <summary>A client's position in a feed is another than before. For observers who do not see deltas; others need not note it.</summary>
public sealed record PositionMoved(long At, string Client, string Feed, Place From, Place To, bool ByReset) : Observation(At);

/// <summary>A client asks for a feed since its position.</summary>
public sealed record ResumeBegan(long At, string Client, string Feed) : Observation(At);

/// <summary>The client knows what came of it.</summary>
public sealed record ResumeEnded(long At, string Client, string Feed, ResumeOutcome Outcome) : Observation(At);

/// <summary>How a resume ends.</summary>
public enum ResumeOutcome
{
    /// <summary>Everything since the position came.</summary>
    Continued,

    /// <summary>What was held was dropped for a newer snapshot.</summary>
    Reset,

    /// <summary>The feed may not be read.</summary>
    Denied,

    /// <summary>It could not be read now: the client has to ask again.</summary>
    Failed,
}

/// <summary>A connection of a client stands.</summary>
/// <param name="ExpiresAt">When its token ends, on the run's clock.</param>
public sealed record ConnectionOpened(long At, string Client, Guid User, string Session, long ExpiresAt = long.MaxValue) : Observation(At);

/// <summary>A fresh token was swapped in.</summary>
public sealed record ExpiryMoved(long At, string Client, long ExpiresAt) : Observation(At);

/// <summary>A connection ended.</summary>
/// <param name="Code">The close code that was said; null when none was.</param>
public sealed record ConnectionClosed(long At, string Client, CloseCause Cause, int? Code = null) : Observation(At);

/// <summary>Who ended a connection.</summary>
public enum CloseCause
{
    /// <summary>The server, which has to say why.</summary>
    Server,

    /// <summary>The client itself.</summary>
    Client,

    /// <summary>The network, or the death of a process.</summary>
    Transport,
}
