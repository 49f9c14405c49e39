using ChatGenius.Feeds.Owning;
namespace ChatGenius.Messages.History;

/// <summary>The entities of <c>channels/{id}/messages</c>.</summary>
internal sealed class MessagesFeedSource : IFeedSource<MessagesContext>
{
    public IReadOnlyCollection<FeedKind> Kinds { get; } = [FeedKind.Messages];

    public async Task<IReadOnlyList<JsonElement>> SinceAsync(MessagesContext db, FeedName feed, long after, long head, int limit, CancellationToken cancellation)
    {
        var rows = await db.Messages.Where(m => m.ChannelId == feed.Id && m.Revision > after && m.Revision <= head).OrderBy(m => m.Revision).Take(limit).ToListAsync(cancellation);
        return [.. rows.Select(m => m.ToItem())];
    }

    public async Task<FeedWindow?> WindowAsync(MessagesContext db, FeedName feed, long? after, long head, CancellationToken cancellation)
    {
        if (after is { } position && (head - position <= Limits.MessagesCatchUp || await CountAsync(db, feed, position, head, cancellation) <= Limits.MessagesCatchUp))
            return null;
        var latest = await db.Messages.Where(m => m.ChannelId == feed.Id && m.Revision <= head).OrderByDescending(m => m.Seq).Take(Limits.MessagesWindow).ToListAsync(cancellation);
        return new FeedWindow([.. latest.OrderBy(m => m.Revision).Select(m => m.ToItem())], latest.Count == 0 ? 1 : latest[^1].Seq);
    }

    public async Task<Fence?> FenceAsync(MessagesContext db, FeedName feed, CancellationToken cancellation)
    {
        var members = FeedName.Members(feed.Id).ToString();
        return await db.Set<FollowedFeedRow>().Where(f => f.Id == members).Select(f => new Fence { Epoch = f.Epoch, Revision = f.Revision }).SingleOrDefaultAsync(cancellation) ?? new Fence();
    }

    // Counts no further than it must: one more than the limit settles it.
    static Task<int> CountAsync(MessagesContext db, FeedName feed, long after, long head, CancellationToken cancellation) =>
        db.Messages.Where(m => m.ChannelId == feed.Id && m.Revision > after && m.Revision <= head).Take(Limits.MessagesCatchUp + 1).CountAsync(cancellation);
}
