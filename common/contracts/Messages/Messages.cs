using ChatGenius.Contracts.Feeds;

namespace ChatGenius.Contracts.Messages;

/// <summary>A message; an entity of its channel's messages feed. A tombstone keeps its numbers and loses its content.</summary>
public sealed record Message
{
    public required Guid Id { get; init; }
    public required Guid ChannelId { get; init; }

    /// <summary>Its immutable place in the channel: 1, 2, 3 …</summary>
    public required long Seq { get; init; }

    /// <summary>The feed revision of its last change.</summary>
    public required long Revision { get; init; }
    public required Guid AuthorId { get; init; }
    public required Guid ClientId { get; init; }

    /// <summary>Null in a tombstone.</summary>
    public string? Text { get; init; }

    /// <summary>The message whose thread this one answers in; null outside threads.</summary>
    public Guid? ThreadId { get; init; }
    public int ReplyCount { get; init; }
    public DateTimeOffset? LastReplyAt { get; init; }
    public IReadOnlyList<Guid> Mentions { get; init; } = [];
    public IReadOnlyList<JsonElement> Attachments { get; init; } = [];
    public IReadOnlyList<Reaction> Reactions { get; init; } = [];
    public bool Pinned { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? EditedAt { get; init; }
    public bool Deleted { get; init; }
}

/// <summary>All reactions to a message with one emoji.</summary>
public sealed record Reaction
{
    public required string Emoji { get; init; }
    public required int Count { get; init; }

    /// <summary>The first 20 who reacted.</summary>
    public required IReadOnlyList<Guid> UserIds { get; init; }
}

/// <summary>The body of <c>POST …/messages</c>.</summary>
public sealed record PostMessage
{
    /// <summary>Made by the client; makes the call idempotent for its author, for ever.</summary>
    public required Guid ClientId { get; init; }

    /// <summary>1 to 16,000 code points.</summary>
    public required string Text { get; init; }
    public Guid? ThreadId { get; init; }

    /// <summary>At most 50 user ids.</summary>
    public IReadOnlyList<Guid>? Mentions { get; init; }

    /// <summary>The newest members position that the client knows of; the answer waits until the service has reached it.</summary>
    public Fence? Members { get; init; }
}

/// <summary>The body of <c>PATCH …/messages/{id}</c>.</summary>
public sealed record EditMessage
{
    public required string Text { get; init; }

    /// <inheritdoc cref="PostMessage.Members"/>
    public Fence? Members { get; init; }
}

/// <summary>The body of <c>PUT …/channels/{id}/read</c>.</summary>
public sealed record ReadUpTo
{
    public required long Seq { get; init; }

    /// <summary>True lets the position move back.</summary>
    public bool Force { get; init; }
}

/// <summary>A user's read position in a channel; an entity of <c>users/{id}/reads</c>.</summary>
public sealed record ReadPosition
{
    public required Guid ChannelId { get; init; }
    public required long Seq { get; init; }

    /// <summary>How many messages beyond <c>seq</c> mention the user.</summary>
    public required int Mentions { get; init; }
    public required long Revision { get; init; }
}

/// <summary>A page of history in seq order, read in one snapshot.</summary>
public sealed record MessagePage
{
    public required IReadOnlyList<Message> Items { get; init; }

    /// <summary>The caller's own reactions, by message id.</summary>
    public required IReadOnlyDictionary<Guid, IReadOnlyList<string>> Mine { get; init; }
    public required Position Feed { get; init; }
    public required Fence Fence { get; init; }
}

/// <summary>One message with the position at which it was read.</summary>
public sealed record MessageItem
{
    public required Message Item { get; init; }

    /// <summary>The caller's own reactions.</summary>
    public required IReadOnlyList<string> Mine { get; init; }
    public required Position Feed { get; init; }
    public required Fence Fence { get; init; }
}
