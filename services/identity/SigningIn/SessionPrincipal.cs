using System.Collections.Immutable;
using System.Security.Claims;
using ChatGenius.Identity.Profiles;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace ChatGenius.Identity.SigningIn;

/// <summary>What tokens say: <c>sub</c> the user, <c>sid</c> the session, <c>aud</c> <c>chatgenius</c>, <c>name</c> the user name, <c>role</c> <c>admin</c> for administrators.</summary>
internal static class SessionPrincipal
{
    public const string AdministratorRole = "admin";
    const string SessionId = "sid";

    public static ClaimsPrincipal Of(Profile profile, string sessionId, ImmutableArray<string> scopes)
    {
        var identity = new ClaimsIdentity(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, profile.Id.ToString("D")).SetClaim(SessionId, sessionId).SetClaim(Claims.Name, profile.Username);
        if (profile.Administrator)
            identity.SetClaim(Claims.Role, AdministratorRole);
        identity.SetScopes(scopes).SetResources(AccessTokenValidator.Audience).SetAuthorizationId(sessionId);
        identity.SetDestinations(static claim => claim.Type is Claims.Role ? [Destinations.AccessToken] : [Destinations.AccessToken, Destinations.IdentityToken]);
        return new ClaimsPrincipal(identity);
    }
}
