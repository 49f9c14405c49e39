using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace ChatGenius.Identity.SigningIn;

/// <summary><c>GET /connect/userinfo</c>: who the access token speaks for, in OpenID Connect's terms. OpenIddict has checked the token before.</summary>
internal static class UserInfoEndpoint
{
    public static async Task<Ok<UserInfo>> GetAsync(HttpContext http, Database<IdentityContext> database, CancellationToken cancellation)
    {
        var caller = (await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal ?? throw new ProblemException(ErrorCodes.Unauthenticated);
        var userId = Guid.Parse(caller.GetClaim(Claims.Subject)!);
        await using var db = database.Open();
        var profile = await db.Profiles.FirstOrDefaultAsync(p => p.Id == userId, cancellation) ?? throw new ProblemException(ErrorCodes.Unauthenticated);
        return TypedResults.Ok(new UserInfo { Subject = profile.Id, Username = profile.Username, Name = profile.DisplayName });
    }
}

/// <summary>The answer of <c>GET /connect/userinfo</c>.</summary>
internal sealed record UserInfo
{
    [JsonPropertyName(Claims.Subject)]
    public required Guid Subject { get; init; }

    [JsonPropertyName(Claims.PreferredUsername)]
    public required string Username { get; init; }

    [JsonPropertyName(Claims.Name)]
    public required string Name { get; init; }
}
