namespace ChatGenius.Contracts.Feeds;

/// <summary>Where a reader stands in a feed: it holds every entity last changed at or below <c>revision</c>.</summary>
public sealed record Position
{
    /// <summary>The feed's name, as built by <see cref="FeedName"/>.</summary>
    public required string Feed { get; init; }

    /// <summary>The owner database's epoch; 0 means that the reader holds nothing yet.</summary>
    public long Epoch { get; init; }

    /// <summary>The feed revision; 0 within an epoch is the position in an empty feed.</summary>
    public long Revision { get; init; }
}

/// <summary>The head of a feed as its owner sees it.</summary>
public sealed record Head
{
    /// <inheritdoc cref="Position.Feed"/>
    public required string Feed { get; init; }

    /// <inheritdoc cref="Position.Epoch"/>
    public long Epoch { get; init; }

    /// <summary>The revision of the last change; 0 for a feed in which nothing happened yet.</summary>
    public long Revision { get; init; }

    /// <summary>Only on messages feeds: the seq of the last message, 0 when there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? LastSeq { get; init; }
}

/// <summary>A place in a channel's members feed, without its name: what fences content.</summary>
public sealed record Fence
{
    /// <inheritdoc cref="Position.Epoch"/>
    public long Epoch { get; init; }

    /// <inheritdoc cref="Position.Revision"/>
    public long Revision { get; init; }

    /// <summary>True when this place is later than <paramref name="other"/>: a higher epoch, or the same epoch and a higher revision.</summary>
    public bool IsAfter(Fence other) => Epoch > other.Epoch || (Epoch == other.Epoch && Revision > other.Revision);

    /// <summary>
    /// True when a copy of the members feed that stands at <paramref name="stands"/> may lack what this place knows, so that its owner must be asked: it is later, or of another epoch, of which only the owner
    /// knows whether it came before.
    /// </summary>
    public bool MayLieBeyond(Fence stands) => Epoch != stands.Epoch || Revision > stands.Revision;
}
