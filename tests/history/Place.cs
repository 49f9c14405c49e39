using ChatGenius.Contracts.Feeds;

namespace ChatGenius.Histories;

/// <summary>A place in a feed: a revision within an epoch. Ordered by epoch, then revision.</summary>
/// <param name="Epoch">0 where nothing is held, or where it is not known.</param>
/// <param name="Revision">0 in an empty feed.</param>
public readonly record struct Place(long Epoch, long Revision) : IComparable<Place>
{
    /// <summary>Where a reader stands that holds nothing.</summary>
    public static Place Nothing => default;

    /// <summary>The place that fences content; null where there is none.</summary>
    public static Place? Of(Fence? fence) => fence is null ? null : new Place(fence.Epoch, fence.Revision);

    /// <summary>Where a reader stands.</summary>
    public static Place Of(Position position) => new(position.Epoch, position.Revision);

    /// <inheritdoc/>
    public int CompareTo(Place other) => (Epoch, Revision).CompareTo((other.Epoch, other.Revision));

    public static bool operator <(Place a, Place b) => a.CompareTo(b) < 0;
    public static bool operator >(Place a, Place b) => a.CompareTo(b) > 0;
    public static bool operator <=(Place a, Place b) => a.CompareTo(b) <= 0;
    public static bool operator >=(Place a, Place b) => a.CompareTo(b) >= 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Epoch}:{Revision}";
}
