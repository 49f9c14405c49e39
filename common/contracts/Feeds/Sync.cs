namespace ChatGenius.Contracts.Feeds;

/// <summary>How a connection takes a feed.</summary>
public static class SyncMode
{
    /// <summary>Every delta as it happens.</summary>
    public const string Live = "live";

    /// <summary>Only heads, coalesced, at most one a second.</summary>
    public const string Heads = "heads";
}

/// <summary>Where a client stands in a feed, and how it wants to take what follows.</summary>
public sealed record SyncPosition
{
    /// <inheritdoc cref="Position.Feed"/>
    public required string Feed { get; init; }

    /// <summary>Null or 0 asks for a first snapshot.</summary>
    public long? Epoch { get; init; }

    /// <summary>Null counts as 0.</summary>
    public long? Revision { get; init; }

    /// <summary><c>live</c> (default) or <c>heads</c>.</summary>
    public string? Mode { get; init; }

    /// <summary>True for a reader that fetches entities itself: the answer is the head alone, then deltas follow.</summary>
    public bool Partial { get; init; }
}

/// <summary>The body of <c>POST /api/v1/sync</c>.</summary>
public sealed record SyncRequest
{
    /// <summary>At most 500 feeds.</summary>
    public required IReadOnlyList<SyncPosition> Positions { get; init; }
}

/// <summary>What a sync answers.</summary>
public sealed record SyncAnswer
{
    /// <summary>At most one for each feed that moved since the reader's position.</summary>
    public required IReadOnlyList<Delta> Deltas { get; init; }

    /// <summary>Every feed that was neither denied nor failed.</summary>
    public required IReadOnlyList<Head> Heads { get; init; }

    /// <summary>Feeds that the caller may not read.</summary>
    public required IReadOnlyList<string> Denied { get; init; }

    /// <summary>Feeds that could not be read now, or never can.</summary>
    public required IReadOnlyList<FailedFeed> Failed { get; init; }
}

/// <summary>A feed that could not be synced.</summary>
public sealed record FailedFeed
{
    public required string Feed { get; init; }

    /// <summary><c>unknown_feed</c>, <c>malformed</c>, <c>position_ahead</c> or <c>unavailable</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Milliseconds after which asking again makes sense; null when it never does.</summary>
    public long? RetryAfterMs { get; init; }
}
