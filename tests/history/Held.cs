using System.Text.Json;
using ChatGenius.Contracts.Feeds;

namespace ChatGenius.Histories;

/// <summary>What a client holds of one feed at rest.</summary>
/// <param name="Floor">The seq from which it holds everything; 1 for the whole feed.</param>
/// <param name="MayRead">Whether its user may read the feed now.</param>
/// <param name="Partial">True for a reader that fetches entities itself: it need not hold all, only nothing wrong.</param>
public sealed record Held(string Client, Guid User, string Feed, Place Place, long Floor, IReadOnlyList<Entity> Entities, bool MayRead = true, bool Partial = false)
{
    /// <summary>Reads it off a client's items.</summary>
    public static Held Of(string client, Guid user, Position position, long floor, IEnumerable<JsonElement> items, bool mayRead = true)
    {
        var kind = FeedName.Parse(position.Feed).Kind;
        return new(client, user, position.Feed, Place.Of(position), floor, [.. items.Select(item => Entity.Of(kind, item))], mayRead);
    }
}
