using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ChatGenius.Contracts.Feeds;

/// <summary>The kinds of feed there are. Each has one owner service.</summary>
public enum FeedKind
{
    /// <summary><c>channels/{id}/messages</c>, owned by messages.</summary>
    Messages,

    /// <summary><c>channels/{id}/members</c>, owned by channels.</summary>
    Members,

    /// <summary><c>users/{id}/channels</c>, owned by channels.</summary>
    UserChannels,

    /// <summary><c>users/{id}/reads</c>, owned by messages.</summary>
    Reads,

    /// <summary><c>users</c>, owned by identity.</summary>
    Users,
}

/// <summary>A feed's name, parsed. The only place that builds or reads feed names.</summary>
/// <param name="Kind">Which of the kinds it is.</param>
/// <param name="Id">The channel's or user's id; <see cref="Guid.Empty"/> for the one <c>users</c> feed.</param>
public readonly record struct FeedName(FeedKind Kind, Guid Id)
{
    /// <summary>The service that owns feeds of this kind: <c>identity</c>, <c>channels</c> or <c>messages</c>.</summary>
    public string Owner => OwnerOf(Kind);

    /// <summary>The service that owns feeds of a kind.</summary>
    public static string OwnerOf(FeedKind kind) => kind switch
    {
        FeedKind.Users => "identity",
        FeedKind.Members or FeedKind.UserChannels => "channels",
        _ => "messages",
    };

    public static FeedName Messages(Guid channelId) => new(FeedKind.Messages, channelId);
    public static FeedName Members(Guid channelId) => new(FeedKind.Members, channelId);
    public static FeedName UserChannels(Guid userId) => new(FeedKind.UserChannels, userId);
    public static FeedName Reads(Guid userId) => new(FeedKind.Reads, userId);
    public static FeedName Users { get; } = new(FeedKind.Users, Guid.Empty);

    /// <summary>Reads a feed's name; ids are in the canonical lower-case form only, so that one feed has one name.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out FeedName name)
    {
        name = Users;
        if (text == "users")
            return true;
        if (text is null || text.Split('/') is not [var root, var id, var leaf] || !Guid.TryParseExact(id, "D", out var guid) || guid.ToString("D") != id)
            return false;
        FeedKind? kind = (root, leaf) switch
        {
            ("channels", "messages") => FeedKind.Messages,
            ("channels", "members") => FeedKind.Members,
            ("users", "channels") => FeedKind.UserChannels,
            ("users", "reads") => FeedKind.Reads,
            _ => null,
        };
        name = new FeedName(kind ?? FeedKind.Users, guid);
        return kind is not null;
    }

    /// <summary>Parses a name that is known to be one.</summary>
    /// <exception cref="FormatException">It is not a feed's name.</exception>
    public static FeedName Parse(string text) =>
        TryParse(text, out var name) ? name : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{text}' is not the name of a feed."));

    /// <summary>The name as it stands on the wire.</summary>
    public override string ToString() => Kind switch
    {
        FeedKind.Messages => $"channels/{Id:D}/messages",
        FeedKind.Members => $"channels/{Id:D}/members",
        FeedKind.UserChannels => $"users/{Id:D}/channels",
        FeedKind.Reads => $"users/{Id:D}/reads",
        _ => "users",
    };
}
