using System.Text.Json;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Feeds;

namespace ChatGenius.Histories;

/// <summary>An entity of a feed as somebody holds it.</summary>
/// <param name="Key">Its key within the feed.</param>
/// <param name="Revision">The revision of its last change.</param>
/// <param name="Content">The hash of its content; 0 where nobody looked.</param>
/// <param name="Seq">Its place in the channel; 0 for what is no message.</param>
public readonly record struct Entity(string Key, long Revision, ulong Content = 0, long Seq = 0)
{
    /// <summary>Reads an item of a feed.</summary>
    public static Entity Of(FeedKind kind, JsonElement item) =>
        new(FeedItems.Key(kind, item), FeedItems.Revision(item), ContentHash.Of(item), kind == FeedKind.Messages ? item.GetProperty("seq").GetInt64() : 0);
}
