using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace ChatGenius.Identity.SigningIn;

/// <summary><c>GET /connect/userinfo</c>: who the access token speaks for, in OpenID Connect's terms. OpenIddict has checked the token before.</summary>
internal static class UserInfoEndpoint
{
    public static async Task<IResult> GetAsync(HttpContext http, Database<IdentityContext> database, CancellationToken cancellation)
    {
        var caller = (await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal ?? throw new ProblemException(ErrorCodes.Unauthenticated);
        var userId = Guid.Parse(caller.GetClaim(Claims.Subject)!);
        await using var db = database.Open();
        var profile = await db.Profiles.FirstOrDefaultAsync(p => p.Id == userId, cancellation) ?? throw new ProblemException(ErrorCodes.Unauthenticated);
        return Results.Json(new Dictionary<string, string>
        {
            [Claims.Subject] = profile.Id.ToString("D"),
            [Claims.PreferredUsername] = profile.Username,
            [Claims.Name] = profile.DisplayName,
        });
    }
}
