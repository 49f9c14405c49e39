namespace ChatGenius.Contracts.Feeds;

/// <summary>
/// The one thing that is ever said about a feed: these are all the entities whose last change lies in (From, To];
/// a reader that stood at From stands at To after applying it. Immutable; at most 256 KB as JSON.
/// </summary>
public sealed record Delta
{
    /// <summary>The feed's name.</summary>
    public required string Feed { get; init; }

    /// <summary>The epoch in which <c>from</c> and <c>to</c> count.</summary>
    public long Epoch { get; init; }

    /// <summary>The revision (exclusive) from which the delta speaks; 0 in a reset.</summary>
    public long From { get; init; }

    /// <summary>The revision (inclusive) to which the delta speaks.</summary>
    public long To { get; init; }

    /// <summary>True when the reader drops what it holds and starts from <c>items</c>.</summary>
    public bool Reset { get; init; }

    /// <summary>Only in a reset of a messages feed: the seq from which the reader holds everything; 1 means the whole channel.</summary>
    public long? Floor { get; init; }

    /// <summary>True when more lies beyond <c>to</c>: ask again from there.</summary>
    public bool More { get; init; }

    /// <summary>Only on messages feeds: the members position under which the content was read or accepted.</summary>
    public Fence? Fence { get; init; }

    /// <summary>Full entities in revision order. Each is a JSON object with a <c>revision</c>.</summary>
    public required IReadOnlyList<JsonElement> Items { get; init; }
}
