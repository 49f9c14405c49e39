using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ChatGenius.Contracts.Edge;
using ChatGenius.Contracts.Feeds;

namespace ChatGenius.Feeds;

/// <summary>What may be done with deltas on their way: joined where they touch, cut where they are too large. Pure.</summary>
public static class Deltas
{
    /// <summary>Bytes that a delta's own fields take, rounded up.</summary>
    const int Envelope = 512;

    /// <summary>Bytes of a delta as JSON, rounded up.</summary>
    public static int Bytes(Delta delta) => Envelope + delta.Items.Sum(i => FeedItems.Bytes(i) + 1);

    /// <summary>
    /// Joins two deltas of one feed: (a,b] + (b,c] = (a,c]. Of an entity in both, the newer stays. Only deltas that touch or overlap join: across a gap there is no sum.
    /// </summary>
    /// <returns>False when they do not touch, are of different epochs or fenced in different ones, or would be larger than <paramref name="limit"/> bytes.</returns>
    public static bool TryJoin(Delta first, Delta second, [NotNullWhen(true)] out Delta? joined, int limit = Limits.DeltaBytes)
    {
        joined = null;
        if (first.Feed != second.Feed || first.Epoch != second.Epoch || second.Reset || second.From > first.To || second.From < first.From
            // Which of the two fences is the later one, only the owner of the members feed knows.
            || (first.Fence is { } before && second.Fence is { } after && before.Epoch != after.Epoch))
            return false;
        if (second.To <= first.To)
        {
            joined = first;
            return true;
        }
        if (Bytes(first) + Bytes(second) > limit)
            return false;
        var kind = FeedName.Parse(first.Feed).Kind;
        var newest = new Dictionary<string, JsonElement>(first.Items.Count + second.Items.Count);
        foreach (var item in first.Items.Concat(second.Items))
        {
            var key = FeedItems.Key(kind, item);
            if (!newest.TryGetValue(key, out var held) || FeedItems.Revision(item) > FeedItems.Revision(held))
                newest[key] = item;
        }
        joined = first with
        {
            To = second.To,
            More = second.More,
            Fence = Later(first.Fence, second.Fence),
            Items = [.. newest.Values.OrderBy(FeedItems.Revision)],
        };
        return true;
    }

    /// <summary>Deltas that follow each other, in as few as they join to.</summary>
    public static IReadOnlyList<Delta> Joined(IReadOnlyList<Delta> deltas)
    {
        if (deltas.Count < 2)
            return deltas;
        var few = new List<Delta> { deltas[0] };
        foreach (var delta in deltas.Skip(1))
            if (TryJoin(few[^1], delta, out var joined))
                few[^1] = joined;
            else
                few.Add(delta);
        return few;
    }

    /// <summary>Cuts a delta into slices of at most <paramref name="limit"/> bytes that follow each other; one that fits stays whole.</summary>
    public static IReadOnlyList<Delta> Cut(Delta delta, int limit = Limits.DeltaBytes)
    {
        if (Bytes(delta) <= limit)
            return [delta];
        var slices = new List<Delta>();
        var items = new List<JsonElement>();
        var (from, bytes) = (delta.From, Envelope);
        foreach (var item in delta.Items)
        {
            var size = FeedItems.Bytes(item) + 1;
            if (items.Count > 0 && bytes + size > limit)
            {
                var to = FeedItems.Revision(items[^1]);
                slices.Add(delta with { From = from, To = to, Items = items.ToArray(), Reset = delta.Reset && slices.Count == 0, More = true });
                (from, bytes) = (to, Envelope);
                items.Clear();
            }
            items.Add(item);
            bytes += size;
        }
        slices.Add(delta with { From = from, Items = items.ToArray(), Reset = delta.Reset && slices.Count == 0 });
        return slices;
    }

    static Fence? Later(Fence? a, Fence? b) => a is null ? b : b is null || a.IsAfter(b) ? a : b;
}
