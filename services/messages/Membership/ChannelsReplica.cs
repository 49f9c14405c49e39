using System.Data.Common;

namespace ChatGenius.Messages.Membership;

/// <summary>The copy of what the channels service owns: channels, memberships, and each user's own channel list.</summary>
internal sealed class ChannelsReplica : IFeedReplica<MessagesContext>
{
    public IReadOnlyCollection<FeedKind> Kinds { get; } = [FeedKind.Members, FeedKind.UserChannels];

    public async Task ClearAsync(MessagesContext db, DbTransaction sql, FeedName feed, CancellationToken cancellation)
    {
        if (feed.Kind == FeedKind.Members)
        {
            await sql.RunAsync("DELETE FROM channel_copies WHERE id = @p0", cancellation, feed.Id);
            await sql.RunAsync("DELETE FROM member_copies WHERE channel_id = @p0", cancellation, feed.Id);
        }
        else
            await sql.RunAsync("DELETE FROM my_channel_copies WHERE user_id = @p0", cancellation, feed.Id);
    }

    public async Task ApplyAsync(MessagesContext db, DbTransaction sql, FeedName feed, IReadOnlyList<JsonElement> items, CancellationToken cancellation)
    {
        foreach (var item in items)
            if (feed.Kind == FeedKind.UserChannels)
                await MyChannelAsync(sql, feed.Id, item, cancellation);
            else if (item.GetProperty("type").GetString() == "channel")
                await ChannelAsync(sql, item, cancellation);
            else
                await MemberAsync(sql, feed.Id, item, cancellation);
    }

    static Task ChannelAsync(DbTransaction sql, JsonElement item, CancellationToken cancellation) => sql.RunAsync(
        """
        INSERT INTO channel_copies (id, kind, archived, item) VALUES (@p0, @p1, @p2, @p3)
        ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, archived = excluded.archived, item = excluded.item
        """, cancellation, item.GetProperty("id").GetGuid(), item.GetProperty("kind").GetString(), item.GetProperty("archived").GetBoolean(), item.GetRawText());

    static Task MemberAsync(DbTransaction sql, Guid channel, JsonElement item, CancellationToken cancellation) => sql.RunAsync(
        """
        INSERT INTO member_copies (channel_id, user_id, role, gone) VALUES (@p0, @p1, @p2, @p3)
        ON CONFLICT (channel_id, user_id) DO UPDATE SET role = excluded.role, gone = excluded.gone
        """, cancellation, channel, item.GetProperty("userId").GetGuid(), item.GetProperty("role").GetString(), item.GetProperty("left").GetBoolean());

    static Task MyChannelAsync(DbTransaction sql, Guid user, JsonElement item, CancellationToken cancellation) => sql.RunAsync(
        """
        INSERT INTO my_channel_copies (user_id, channel_id, gone, item) VALUES (@p0, @p1, @p2, @p3)
        ON CONFLICT (user_id, channel_id) DO UPDATE SET gone = excluded.gone, item = excluded.item
        """, cancellation, user, item.GetProperty("channelId").GetGuid(), item.GetProperty("left").GetBoolean(), item.GetRawText());
}
