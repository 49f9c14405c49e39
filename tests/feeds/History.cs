using System.Text.Json;
using ChatGenius.Contracts;
using ChatGenius.Contracts.Feeds;

namespace ChatGenius.FeedsTests;

/// <summary>The true history of one feed: which entity changed at each revision. What an owner would answer is read off it.</summary>
internal sealed class History(int[] changedEntities)
{
    public const string Feed = "users";

    public long Head => changedEntities.Length;

    /// <summary>Everything that changed in (from, to], as the owner at head <paramref name="to"/> would say it.</summary>
    public Delta Since(long from, long to, long epoch = 1, bool reset = false) => new()
    {
        Feed = Feed,
        Epoch = epoch,
        From = reset ? 0 : from,
        To = to,
        Reset = reset,
        Items = [.. StateAt(to).Where(e => e.Value > (reset ? 0 : from)).OrderBy(e => e.Value).Select(e => Item(e.Key, e.Value))],
    };

    /// <summary>Each entity with the revision of its last change at or below <paramref name="revision"/>.</summary>
    public SortedDictionary<string, long> StateAt(long revision)
    {
        var state = new SortedDictionary<string, long>(StringComparer.Ordinal);
        for (var r = 1; r <= revision; r++)
            state["e" + changedEntities[r - 1]] = r;
        return state;
    }

    public static JsonElement Item(string id, long revision, int padding = 0) => ContractsJson.ToItem(new { id, revision, text = new string('x', padding) });
}
