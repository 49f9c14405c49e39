using System.Security.Claims;

namespace ChatGenius.Channels.Access;

/// <summary>Who asks, as the access token says.</summary>
internal sealed record Asker(Guid UserId, bool IsAdministrator)
{
    public static Asker Of(ClaimsPrincipal caller) => new(caller.UserId(), caller.HasClaim("role", "admin"));
}
