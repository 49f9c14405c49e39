using System.Text.Json;
using ChatGenius.Channels.Members;

namespace ChatGenius.Channels.Feeds;

/// <summary>Says in the feeds what changed: each gives the entity its next revision.</summary>
internal static class FeedChanges
{
    /// <summary>The channel itself changed.</summary>
    public static void ChannelChanged(this FeedTransaction<ChannelsContext> tx, ChannelRow channel)
    {
        var feed = FeedName.Members(channel.Id);
        channel.Revision = tx.NextRevision(feed);
        tx.Changed(feed, channel.ToContract().ToItem());
    }

    /// <summary>A membership changed in what everyone sees of it, so in both feeds.</summary>
    public static void MembershipChanged(this FeedTransaction<ChannelsContext> tx, MembershipRow membership)
    {
        var feed = FeedName.Members(membership.ChannelId);
        membership.Revision = tx.NextRevision(feed);
        tx.Changed(feed, membership.ToContract().ToItem());
        tx.SettingsChanged(membership);
    }

    /// <summary>A membership changed in what only its user sees.</summary>
    public static void SettingsChanged(this FeedTransaction<ChannelsContext> tx, MembershipRow membership)
    {
        var feed = FeedName.UserChannels(membership.UserId);
        membership.UserRevision = tx.NextRevision(feed);
        tx.Changed(feed, membership.ToMyChannel());
    }

    /// <summary>A channel as an item of its members feed.</summary>
    public static JsonElement ToItem(this Channel channel) => Typed("channel", channel);

    /// <summary>A membership as an item of the members feed.</summary>
    public static JsonElement ToItem(this Membership membership) => Typed("member", membership);

    static JsonElement Typed<T>(string type, T entity)
    {
        var fields = new Dictionary<string, JsonElement> { ["type"] = JsonSerializer.SerializeToElement(type) };
        foreach (var field in ContractsJson.ToItem(entity).EnumerateObject())
            fields.Add(field.Name, field.Value);
        return ContractsJson.ToItem(fields);
    }
}
