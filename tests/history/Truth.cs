using System.Text.Json;
using ChatGenius.Contracts;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Messages;

namespace ChatGenius.Histories;

/// <summary>What the owners hold at rest.</summary>
/// <param name="Feeds">By name; a feed that is not here is not judged.</param>
public sealed record Truth(IReadOnlyDictionary<string, FeedTruth> Feeds)
{
    /// <summary>Collects feeds.</summary>
    public static Truth Of(IEnumerable<FeedTruth> feeds) => new(feeds.ToDictionary(feed => feed.Feed, StringComparer.Ordinal));
}

/// <summary>What an owner holds of one feed at rest: the whole of it.</summary>
/// <param name="Entities">Every entity, in any order.</param>
/// <param name="Messages">Only for a messages feed: the stored messages, in any order.</param>
public sealed record FeedTruth(string Feed, long Epoch, long Head, IReadOnlyList<Entity> Entities, IReadOnlyList<StoredMessage> Messages)
{
    /// <summary>Where a reader stands who holds all of it.</summary>
    public Place Place => new(Epoch, Head);

    /// <summary>Reads it off the owner's items.</summary>
    public static FeedTruth Of(string feed, long epoch, long head, IEnumerable<JsonElement> items)
    {
        var kind = FeedName.Parse(feed).Kind;
        var all = items.ToList();
        return new(feed, epoch, head, [.. all.Select(item => Entity.Of(kind, item))], kind == FeedKind.Messages ? [.. all.Select(StoredMessage.Of)] : []);
    }
}

/// <summary>A message as its owner holds it.</summary>
/// <param name="Body">What it says, as <see cref="SendAttempted.Body"/>; null where nobody looks, and for what was edited or deleted.</param>
public sealed record StoredMessage(Guid Id, long Seq, long Revision, Guid Author, Guid ClientId, string? Body = null)
{
    /// <summary>Reads it off an item of a messages feed.</summary>
    public static StoredMessage Of(JsonElement item)
    {
        var message = item.Deserialize<Message>(ContractsJson.Options)!;
        return new(message.Id, message.Seq, message.Revision, message.AuthorId, message.ClientId, message.EditedAt is null ? message.Text : null);
    }
}
