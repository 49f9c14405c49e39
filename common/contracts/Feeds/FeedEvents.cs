namespace ChatGenius.Contracts.Feeds;

/// <summary>On the bus: the deltas of commits of the identity service.</summary>
public sealed record IdentityFeedsChanged
{
    public required IReadOnlyList<Delta> Deltas { get; init; }

    /// <summary>When the oldest of the commits was there; null when nobody knows. For watching how long delivery takes, and for nothing else.</summary>
    public DateTimeOffset? CommittedAt { get; init; }
}

/// <summary>On the bus: the deltas of commits of the channels service.</summary>
public sealed record ChannelsFeedsChanged
{
    public required IReadOnlyList<Delta> Deltas { get; init; }

    /// <summary>When the oldest of the commits was there; null when nobody knows. For watching how long delivery takes, and for nothing else.</summary>
    public DateTimeOffset? CommittedAt { get; init; }
}

/// <summary>On the bus: the deltas of commits of the messages service.</summary>
public sealed record MessagesFeedsChanged
{
    public required IReadOnlyList<Delta> Deltas { get; init; }

    /// <summary>When the oldest of the commits was there; null when nobody knows. For watching how long delivery takes, and for nothing else.</summary>
    public DateTimeOffset? CommittedAt { get; init; }
}
