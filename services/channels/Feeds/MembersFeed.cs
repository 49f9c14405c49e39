using System.Text.Json;

namespace ChatGenius.Channels.Feeds;

/// <summary>Reads <c>channels/{id}/members</c>: the channel itself and its memberships.</summary>
internal sealed class MembersFeed : IFeedSource<ChannelsContext>
{
    public IReadOnlyCollection<FeedKind> Kinds { get; } = [FeedKind.Members];

    public async Task<IReadOnlyList<JsonElement>> SinceAsync(ChannelsContext db, FeedName feed, long after, long head, int limit, CancellationToken cancellation)
    {
        var channel = await db.Channels.Where(c => c.Id == feed.Id && c.Revision > after && c.Revision <= head).SingleOrDefaultAsync(cancellation);
        var memberships = await db.Memberships.Where(m => m.ChannelId == feed.Id && m.Revision > after && m.Revision <= head)
            .OrderBy(m => m.Revision).Take(limit).ToListAsync(cancellation);
        var items = memberships.Select(m => (m.Revision, Item: m.ToContract().ToItem()));
        if (channel is not null)
            items = items.Append((channel.Revision, channel.ToContract().ToItem()));
        return [.. items.OrderBy(i => i.Revision).Take(limit).Select(i => i.Item)];
    }
}
