using ChatGenius.Contracts.Feeds;

namespace ChatGenius.Contracts.Channels;

/// <summary>The kinds of channel.</summary>
public static class ChannelKind
{
    public const string Public = "public";
    public const string Private = "private";
    public const string Direct = "direct";
}

/// <summary>The roles of a member.</summary>
public static class MemberRole
{
    public const string Owner = "owner";
    public const string Moderator = "moderator";
    public const string Member = "member";
}

/// <summary>What of a channel tells its member.</summary>
public static class NotifyWhen
{
    public const string All = "all";
    public const string Mentions = "mentions";
    public const string None = "none";
}

/// <summary>A channel; an entity of its members feed (there with <c>type: "channel"</c>).</summary>
public sealed record Channel
{
    public required Guid Id { get; init; }

    /// <summary>One of <see cref="ChannelKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Empty for a direct channel.</summary>
    public required string Name { get; init; }
    public required string Topic { get; init; }
    public required bool Archived { get; init; }
    public required Guid CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required int MemberCount { get; init; }
    public required long Revision { get; init; }

    /// <summary>Only where one channel is fetched: where its members feed stood then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Position? Feed { get; init; }
}

/// <summary>A user's membership of a channel; an entity of the members feed (there with <c>type: "member"</c>).</summary>
public sealed record Membership
{
    public required Guid ChannelId { get; init; }
    public required Guid UserId { get; init; }

    /// <summary>One of <see cref="MemberRole"/>.</summary>
    public required string Role { get; init; }
    public required DateTimeOffset JoinedAt { get; init; }

    /// <summary>True for the tombstone of a membership.</summary>
    public required bool Left { get; init; }
    public required long Revision { get; init; }
}

/// <summary>A user's own view of a membership; an entity of <c>users/{id}/channels</c>.</summary>
public sealed record MyChannel
{
    public required Guid ChannelId { get; init; }

    /// <summary>One of <see cref="MemberRole"/>.</summary>
    public required string Role { get; init; }
    public required bool Starred { get; init; }
    public required bool Muted { get; init; }
    public required bool Hidden { get; init; }

    /// <summary>One of <see cref="NotifyWhen"/>.</summary>
    public required string Notify { get; init; }
    public required bool Left { get; init; }
    public required long Revision { get; init; }
}

/// <summary>The body of <c>POST /api/v1/channels</c>.</summary>
public sealed record CreateChannel
{
    /// <summary>Needed for public and private channels; ignored for direct ones.</summary>
    public string? Name { get; init; }

    /// <summary>One of <see cref="ChannelKind"/>.</summary>
    public required string Kind { get; init; }
    public string? Topic { get; init; }
    public IReadOnlyList<Guid>? MemberIds { get; init; }

    /// <summary>Makes the call idempotent for its author.</summary>
    public Guid? ClientId { get; init; }
}

/// <summary>The answer to a created channel.</summary>
public sealed record CreatedChannel
{
    public required Channel Channel { get; init; }

    /// <summary>The members position at which the channel stands.</summary>
    public required Fence Members { get; init; }
}

/// <summary>The body of <c>PATCH /api/v1/channels/{id}</c>; what is absent stays.</summary>
public sealed record ChangeChannel
{
    public string? Name { get; init; }
    public string? Topic { get; init; }
    public bool? Archived { get; init; }
}

/// <summary>The answer to a changed channel.</summary>
public sealed record ChangedChannel
{
    public required Channel Channel { get; init; }

    /// <summary>The members position at which the channel stands.</summary>
    public required Fence Members { get; init; }
}

/// <summary>A page of <c>GET …/members</c>.</summary>
public sealed record MembersPage
{
    /// <summary>Present members, in the order of their user ids.</summary>
    public required IReadOnlyList<Membership> Items { get; init; }

    /// <summary>The cursor of the next page; null at the end.</summary>
    public string? Next { get; init; }

    /// <summary>The position in the members feed at which the page was read.</summary>
    public required Position Feed { get; init; }
}

/// <summary>The body of <c>PATCH /api/v1/users/me/channels/{id}</c>; what is absent stays.</summary>
public sealed record ChangeMyChannel
{
    public bool? Starred { get; init; }
    public bool? Muted { get; init; }
    public bool? Hidden { get; init; }

    /// <summary>One of <see cref="NotifyWhen"/>.</summary>
    public string? Notify { get; init; }
}

/// <summary>The body of <c>PUT …/members/{userId}</c>.</summary>
public sealed record PutMember
{
    /// <summary>Null keeps the present role, or makes a new member a <c>member</c>.</summary>
    public string? Role { get; init; }
}

/// <summary>The answer to a change of a membership.</summary>
public sealed record ChangedMembership
{
    public required Membership Membership { get; init; }
    public required Fence Members { get; init; }
}

/// <summary>A line of a client's side bar.</summary>
public sealed record SideBarChannel
{
    public required Channel Channel { get; init; }
    public required MyChannel Membership { get; init; }

    /// <summary>The head of the channel's messages feed.</summary>
    public required Head Head { get; init; }
    public required long LastSeq { get; init; }
    public required long Unread { get; init; }
    public required int Mentions { get; init; }
    public required long ReadSeq { get; init; }
}

/// <summary>The answer of <c>GET /api/v1/users/me/channels</c>.</summary>
public sealed record SideBar
{
    public required IReadOnlyList<SideBarChannel> Items { get; init; }
    public string? Next { get; init; }

    /// <summary>The position in <c>users/{id}/channels</c> at which the list was read.</summary>
    public required Position Feed { get; init; }
}
