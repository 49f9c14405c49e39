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
}

/// <summary>The body of <c>POST /api/v1/users</c>.</summary>
public sealed record RegisterUser
{
    public required string Username { get; init; }
    public required string Password { get; init; }
    public string? DisplayName { get; init; }
    public string? Email { get; init; }
}

/// <summary>The body of <c>PATCH /api/v1/users/me</c>; what is absent stays.</summary>
public sealed record ChangeProfile
{
    public string? DisplayName { get; init; }
    public string? StatusText { get; init; }
}

/// <summary>The answer of <c>POST /api/v1/realtime/ticket</c>.</summary>
public sealed record RealtimeTicket
{
    public required string Ticket { get; init; }

    /// <summary>Seconds.</summary>
    public required int ExpiresIn { get; init; }
}
