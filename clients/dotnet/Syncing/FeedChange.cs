using System.Text.Json;
using ChatGenius.Contracts;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Feeds;

namespace ChatGenius.Client;

/// <summary>What happened to a view since the change before: changes that come while nobody looks are one.</summary>
public sealed record FeedChange
{
    /// <summary>True when <see cref="Items"/> is all that is held: at first, and after a reset.</summary>
    public required bool Reset { get; init; }

    /// <summary>The entities that changed or joined, in revision order.</summary>
    public required IReadOnlyList<JsonElement> Items { get; init; }

    /// <summary>Where the view stands after it.</summary>
    public required Position Position { get; init; }

    /// <inheritdoc cref="FeedView.Floor"/>
    public required long Floor { get; init; }

    /// <inheritdoc cref="FeedView.Continuity"/>
    public required Continuity Continuity { get; init; }

    /// <summary>The items, typed.</summary>
    public IReadOnlyList<T> As<T>() => [.. Items.Select(i => i.Deserialize<T>(ContractsJson.Options)!)];
}

/// <summary>One who looks on: what changed since it looked last. As large as the view at most, however slowly it looks. Guarded by the view's lock.</summary>
internal sealed class FeedOnlooker(TimeProvider time, FeedKind kind)
{
    readonly Dictionary<string, JsonElement> _items = new(StringComparer.Ordinal);
    bool _reset = true;
    bool _touched = true;

    public Wakeup Wakeup { get; } = new(time);

    public void Dropped()
    {
        _items.Clear();
        (_reset, _touched) = (true, true);
    }

    public void Put(JsonElement item) => (_items[FeedItems.Key(kind, item)], _touched) = (item, true);

    public void Touch() => _touched = true;

    /// <summary>Null when there is nothing to tell.</summary>
    public FeedChange? Take(Position position, long floor, Continuity continuity)
    {
        if (!_touched)
            return null;
        var change = new FeedChange { Reset = _reset, Items = [.. _items.Values.OrderBy(FeedItems.Revision)], Position = position, Floor = floor, Continuity = continuity };
        _items.Clear();
        (_reset, _touched) = (false, false);
        return change;
    }
}
