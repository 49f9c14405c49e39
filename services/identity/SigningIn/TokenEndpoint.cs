using ChatGenius.Identity.Profiles;
using ChatGenius.Identity.Sessions;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace ChatGenius.Identity.SigningIn;

/// <summary><c>POST /connect/token</c>: signs in by password, and renews by refresh token. OpenIddict has checked client, grant, scopes and refresh token before, and writes the tokens after.</summary>
internal sealed partial class TokenEndpoint(
    PasswordCheck passwords, SignInLimit limit, IdentityContext db, IOpenIddictAuthorizationManager authorizations, IOpenIddictApplicationManager applications,
    SessionEnder sessions, TokenMeters meters, ILogger<TokenEndpoint> logger)
{
    const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    /// <summary>The route's handler.</summary>
    public static Task<IResult> PostAsync(HttpContext http, TokenEndpoint endpoint, CancellationToken cancellation)
    {
        var request = http.GetOpenIddictServerRequest() ?? throw new ProblemException(ErrorCodes.NotFound);
        return request.IsPasswordGrantType() ? endpoint.SignInAsync(request, cancellation) : endpoint.RenewAsync(http, cancellation);
    }

    async Task<IResult> SignInAsync(OpenIddictRequest request, CancellationToken cancellation)
    {
        if (limit.Refuse(request.Username!) is { } wait)
        {
            meters.NotIssued(ErrorCodes.RateLimited.Code);
            return new TooManySignIns(wait);
        }
        var (verdict, profile) = await passwords.CheckAsync(request.Username!, request.Password!, cancellation);
        if (verdict is not SignInVerdict.Right)
            return Refusal(verdict);
        var session = await BeginSessionAsync(request, profile!, cancellation);
        // Asked again now that the session is there: a deactivation that came between would not have ended it.
        if (!await IsActiveAsync(profile!.Id, cancellation))
        {
            await sessions.EndAsync(session, "the account was deactivated meanwhile", cancellation);
            return Refusal(SignInVerdict.Deactivated);
        }
        LogSignedIn(profile.Id, session);
        return Results.SignIn(SessionPrincipal.Of(profile, session, request.GetScopes()), properties: null, Scheme);
    }

    async Task<IResult> RenewAsync(HttpContext http, CancellationToken cancellation)
    {
        var before = (await http.AuthenticateAsync(Scheme)).Principal ?? throw new ProblemException(ErrorCodes.NotFound);
        var userId = Guid.Parse(before.GetClaim(Claims.Subject)!);
        return await db.Profiles.FirstOrDefaultAsync(p => p.Id == userId, cancellation) is { Active: true } profile
            ? Results.SignIn(SessionPrincipal.Of(profile, before.GetAuthorizationId()!, before.GetScopes()), properties: null, Scheme)
            : Refusal(SignInVerdict.Deactivated);
    }

    async Task<string> BeginSessionAsync(OpenIddictRequest request, Profile profile, CancellationToken cancellation)
    {
        var client = await applications.FindByClientIdAsync(request.ClientId!, cancellation);
        var descriptor = new OpenIddictAuthorizationDescriptor
        {
            ApplicationId = await applications.GetIdAsync(client!, cancellation),
            Subject = profile.Id.ToString("D"),
            Type = AuthorizationTypes.AdHoc,
            Status = Statuses.Valid,
        };
        descriptor.Scopes.UnionWith(request.GetScopes());
        var authorization = await authorizations.CreateAsync(descriptor, cancellation);
        return (await authorizations.GetIdAsync(authorization, cancellation))!;
    }

    Task<bool> IsActiveAsync(Guid userId, CancellationToken cancellation) => db.Profiles.AnyAsync(p => p.Id == userId && p.Active, cancellation);

    static IResult Refusal(SignInVerdict verdict) => Results.Forbid(new AuthenticationProperties(new Dictionary<string, string?>
    {
        [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.InvalidGrant,
        [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = verdict switch
        {
            SignInVerdict.LockedOut => "The account is locked for a few minutes: too many wrong passwords.",
            SignInVerdict.Deactivated => "The account is deactivated.",
            _ => "The user name or the password is wrong.",
        },
    }), [Scheme]);

    [LoggerMessage(2302, LogLevel.Information, "User {UserId} signed in: session {SessionId}.")]
    partial void LogSignedIn(Guid userId, string sessionId);
}
