using ChatGenius.Contracts.Feeds;

namespace ChatGenius.Contracts.Internal;

/// <summary>Between services: read these feeds since these positions.</summary>
public sealed record PullRequest
{
    public required IReadOnlyList<SyncPosition> Positions { get; init; }

    /// <summary>True when the asker is a service that holds these positions itself: one that is ahead of the owner then proves a lost history.</summary>
    public bool Follower { get; init; }
}

/// <summary>Between services: what a pull answers. Feeds ahead of their owner are in <see cref="Failed"/>.</summary>
public sealed record PullAnswer
{
    public required IReadOnlyList<Delta> Deltas { get; init; }
    public required IReadOnlyList<Head> Heads { get; init; }
    public required IReadOnlyList<FailedFeed> Failed { get; init; }
}

/// <summary>Between services: the sums of the heads of all feeds of a kind, by shard.</summary>
public sealed record ShardSums
{
    /// <summary>The owner's epoch.</summary>
    public long Epoch { get; init; }

    /// <summary>256 sums of heads; a feed's shard is <c>FeedShard.Of</c>.</summary>
    public required IReadOnlyList<long> Sums { get; init; }
}

/// <summary>Between services: a ticket that was looked at or consumed.</summary>
public sealed record TicketIdentity
{
    public required Guid UserId { get; init; }
    public required string SessionId { get; init; }

    /// <summary>When the access token that bought the ticket expires.</summary>
    public required DateTimeOffset TokenExpiresAt { get; init; }
}

/// <summary>Between services: look at (and maybe consume) a ticket.</summary>
public sealed record TicketRequest
{
    public required string Ticket { get; init; }
    public bool Consume { get; init; }
}

/// <summary>Between services: sessions that ended, in the order of <see cref="EndedSession.Number"/>.</summary>
public sealed record EndedSessions
{
    public required IReadOnlyList<EndedSession> Items { get; init; }
}

/// <summary>A session that ended before its tokens expired.</summary>
public sealed record EndedSession
{
    /// <summary>A number that grows with each ended session.</summary>
    public required long Number { get; init; }
    public required string SessionId { get; init; }

    /// <summary>After this no access token of the session is valid any more, and the entry may be forgotten.</summary>
    public required DateTimeOffset ForgetAt { get; init; }
}
