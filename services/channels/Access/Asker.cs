using System.Security.Claims;

namespace ChatGenius.Channels.Access;

/// <summary>Who asks, as the access token says.</summary>
internal sealed record Asker(Guid UserId, bool IsAdministrator)
{
    /// <summary>The operator, who has the machine itself: stands as an owner in every channel that has roles.</summary>
    public static Asker Operator { get; } = new(Guid.Empty, true) { IsOperator = true };

    public bool IsOperator { get; private init; }

    public static Asker Of(ClaimsPrincipal caller) => new(caller.UserId(), caller.HasClaim("role", "admin"));
}
