using System.Text;

namespace ChatGenius.Feeds;

/// <summary>The shard of a feed, by which followers of all feeds of a kind compare sums of heads.</summary>
public static class FeedShard
{
    /// <summary>How many shards there are.</summary>
    public const int Count = 256;

    /// <summary>0 to 255; FNV-1a of the name (http://www.isthe.com/chongo/tech/comp/fnv/), folded.</summary>
    public static int Of(string feed)
    {
        var hash = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes(feed))
            hash = (hash ^ b) * 16777619u;
        return (int)((hash ^ (hash >> 8) ^ (hash >> 16) ^ (hash >> 24)) & 0xFF);
    }
}
