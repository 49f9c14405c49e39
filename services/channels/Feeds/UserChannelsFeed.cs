using System.Text.Json;

namespace ChatGenius.Channels.Feeds;

/// <summary>Reads <c>users/{id}/channels</c>: a user's own view of their memberships.</summary>
internal sealed class UserChannelsFeed : IFeedSource<ChannelsContext>
{
    public IReadOnlyCollection<FeedKind> Kinds { get; } = [FeedKind.UserChannels];

    public async Task<IReadOnlyList<JsonElement>> SinceAsync(ChannelsContext db, FeedName feed, long after, long head, int limit, CancellationToken cancellation)
    {
        var memberships = await db.Memberships.Where(m => m.UserId == feed.Id && m.UserRevision > after && m.UserRevision <= head)
            .OrderBy(m => m.UserRevision).Take(limit).ToListAsync(cancellation);
        return [.. memberships.Select(m => ContractsJson.ToItem(m.ToMyChannel()))];
    }
}
