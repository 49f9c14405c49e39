using System.Text.Json;
using ChatGenius.Contracts.Edge;
using ChatGenius.Contracts.Feeds;

namespace ChatGenius.Feeds;

/// <summary>
/// The latest changes of a feed that a follower has applied: all entities whose last change lies in (<see cref="From"/>, <see cref="To"/>]. So it can answer readers that are a little
/// behind, without asking the owner for each of them. Bounded by <see cref="MaxItems"/> and by the bytes of one delta; the oldest go first. Pure; not thread-safe.
/// </summary>
internal sealed class RecentChanges(FeedName feed, Bug bug = Bug.None)
{
    /// <summary>Entities that are kept.</summary>
    public const int MaxItems = 512;

    const int MaxBytes = Limits.DeltaBytes - 1024;

    readonly LinkedList<(string Key, JsonElement Item)> _inOrder = [];
    readonly Dictionary<string, LinkedListNode<(string Key, JsonElement Item)>> _byKey = new(StringComparer.Ordinal);
    long _epoch;
    Fence? _fence;
    int _bytes;

    /// <summary>Nothing is known of what happened at or below it.</summary>
    public long From { get; private set; }

    /// <summary>Everything is known up to it.</summary>
    public long To { get; private set; }

    /// <summary>Begins at a position, knowing nothing of what was before.</summary>
    public void Begin(long epoch, long revision)
    {
        _inOrder.Clear();
        _byKey.Clear();
        (_epoch, From, To, _fence, _bytes) = (epoch, revision, revision, null, 0);
    }

    /// <summary>Takes a delta that the follower has applied.</summary>
    public void Add(Delta delta)
    {
        if (delta.Reset)
            Begin(delta.Epoch, delta.To);
        if (delta.Reset || delta.To <= To)
            return;
        foreach (var item in delta.Items)
            if (FeedItems.Revision(item) > To)
                Put(FeedItems.Key(feed.Kind, item), item);
        To = delta.To;
        _fence = delta.Fence ?? _fence;
        while (_inOrder.Count > MaxItems || _bytes > MaxBytes)
        {
            From = FeedItems.Revision(_inOrder.First!.Value.Item);
            Take(_inOrder.First!);
        }
    }

    /// <summary>Everything since a position; null when that lies before what is kept, beyond it, or in another epoch.</summary>
    public Delta? Since(long epoch, long revision)
    {
        if (epoch != _epoch || (revision < From && bug != Bug.WindowServedBeyondItsStart) || revision > To)
            return null;
        var items = new List<JsonElement>();
        for (var node = _inOrder.Last; node is not null && FeedItems.Revision(node.Value.Item) > revision; node = node.Previous)
            items.Add(node.Value.Item);
        items.Reverse();
        return new Delta { Feed = feed.ToString(), Epoch = epoch, From = revision, To = To, Fence = _fence, Items = items };
    }

    void Put(string key, JsonElement item)
    {
        if (_byKey.TryGetValue(key, out var held))
            Take(held);
        _byKey[key] = _inOrder.AddLast((key, item));
        _bytes += FeedItems.Bytes(item) + 1;
    }

    void Take(LinkedListNode<(string Key, JsonElement Item)> node)
    {
        _inOrder.Remove(node);
        _byKey.Remove(node.Value.Key);
        _bytes -= FeedItems.Bytes(node.Value.Item) + 1;
    }
}
