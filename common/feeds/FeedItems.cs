using System.Runtime.InteropServices;
using System.Text.Json;
using ChatGenius.Contracts.Feeds;

namespace ChatGenius.Feeds;

/// <summary>How an item of a feed is told from the others, and how large it is. Pure.</summary>
public static class FeedItems
{
    /// <summary>The entity's key within its feed.</summary>
    /// <exception cref="KeyNotFoundException">The item lacks the field that identifies it.</exception>
    public static string Key(FeedKind kind, JsonElement item) => kind switch
    {
        FeedKind.Members => item.GetProperty("type").GetString() == "channel" ? "channel" : item.GetProperty("userId").GetString()!,
        FeedKind.UserChannels or FeedKind.Reads => item.GetProperty("channelId").GetString()!,
        _ => item.GetProperty("id").GetString()!,
    };

    /// <summary>The revision of the entity's last change.</summary>
    public static long Revision(JsonElement item) => item.GetProperty("revision").GetInt64();

    /// <summary>Bytes as JSON.</summary>
    public static int Bytes(JsonElement item) => JsonMarshal.GetRawUtf8Value(item).Length;
}
