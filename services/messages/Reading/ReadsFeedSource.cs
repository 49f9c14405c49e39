namespace ChatGenius.Messages.Reading;

/// <summary>The entities of <c>users/{id}/reads</c>.</summary>
internal sealed class ReadsFeedSource : IFeedSource<MessagesContext>
{
    public IReadOnlyCollection<FeedKind> Kinds { get; } = [FeedKind.Reads];

    public async Task<IReadOnlyList<JsonElement>> SinceAsync(MessagesContext db, FeedName feed, long after, long head, int limit, CancellationToken cancellation)
    {
        var rows = await db.Reads.Where(r => r.UserId == feed.Id && r.Revision > after && r.Revision <= head).OrderBy(r => r.Revision).Take(limit).ToListAsync(cancellation);
        return [.. rows.Select(r => ContractsJson.ToItem(r.ToContract()))];
    }
}
