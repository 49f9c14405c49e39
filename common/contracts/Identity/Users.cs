namespace ChatGenius.Contracts.Identity;

/// <summary>A public profile; an entity of the <c>users</c> feed.</summary>
public sealed record User
{
    public required Guid Id { get; init; }
    public required string Username { get; init; }
    public required string DisplayName { get; init; }

    /// <summary>What the user says about being here; empty when nothing was said.</summary>
    public required string StatusText { get; init; }
    public Guid? AvatarFileId { get; init; }

    /// <summary>False when the account was deactivated.</summary>
    public required bool Active { get; init; }
    public required long Revision { get; init; }

    /// <summary>Only where one profile is fetched: where the <c>users</c> feed stood then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Feeds.Position? Feed { get; init; }
}

/// <summary>A page of profiles.</summary>
public sealed record UserPage
{
    public required IReadOnlyList<User> Items { get; init; }

    /// <summary>The cursor of the next page; null at the end.</summary>
    public string? Next { get; init; }

    /// <summary>Where the <c>users</c> feed stood when the page was read.</summary>
    public required Feeds.Position Feed { get; init; }
}

/// <summary>The body of <c>POST /api/v1/users</c>.</summary>
public sealed record RegisterUser
{
    /// <summary>1 to 64 ASCII letters, digits and <c>. _ - @ +</c>; unique without regard to case.</summary>
    public required string Username { get; init; }

    /// <summary>8 to 128 characters of any kind.</summary>
    public required string Password { get; init; }

    /// <summary>1 to 100 characters; the user name when absent.</summary>
    public string? DisplayName { get; init; }

    /// <summary>For the operator's use only; never public.</summary>
    public string? Email { get; init; }
}

/// <summary>The body of <c>PATCH /api/v1/users/me</c>; what is absent stays.</summary>
public sealed record ChangeProfile
{
    public string? DisplayName { get; init; }
    public string? StatusText { get; init; }
}

/// <summary>The body of <c>PUT /api/v1/users/{id}/active</c>, for administrators.</summary>
public sealed record SetActive
{
    /// <summary>False deactivates the account and ends its sessions; true lets it sign in again.</summary>
    public required bool Active { get; init; }
}

/// <summary>The answer of <c>POST /api/v1/realtime/ticket</c>.</summary>
public sealed record RealtimeTicket
{
    public required string Ticket { get; init; }

    /// <summary>Seconds.</summary>
    public required int ExpiresIn { get; init; }
}
