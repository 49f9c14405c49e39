using System.Text.Json;
using ChatGenius.Contracts;

namespace ChatGenius.Identity.Profiles;

/// <summary>Reads the <c>users</c> feed.</summary>
internal sealed class UserFeed : IFeedSource<IdentityContext>
{
    public IReadOnlyCollection<FeedKind> Kinds { get; } = [FeedKind.Users];

    public async Task<IReadOnlyList<JsonElement>> SinceAsync(IdentityContext db, FeedName feed, long after, long head, int limit, CancellationToken cancellation)
    {
        var profiles = await db.Profiles.Where(p => p.Revision > after && p.Revision <= head).OrderBy(p => p.Revision).Take(limit).ToListAsync(cancellation);
        return [.. profiles.Select(p => ContractsJson.ToItem(p.ToUser()))];
    }
}
