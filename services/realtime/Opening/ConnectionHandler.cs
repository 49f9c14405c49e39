using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using ChatGenius.Hosting.Auth;
using Microsoft.AspNetCore.Authentication;

namespace ChatGenius.Realtime.Opening;

/// <summary>
/// Authenticates the hub's requests: by an access token in the header, or by a ticket in the header or the URL. A ticket is looked at when a connection is negotiated, consumed when
/// its transport opens, and then stands for that connection's own later requests while it lives.
/// </summary>
internal sealed class ConnectionHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AccessTokenValidator validator, TicketHolders holders,
    TokenMeters meters)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Connection";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        try
        {
            var inUrl = Request.Query["access_token"].ToString();
            var token = BearerToken.Read(Request) ?? (inUrl.Length > 0 ? inUrl : null);
            if (token is null)
                return AuthenticateResult.NoResult();
            if (!token.Contains('.', StringComparison.Ordinal))
                return Success(await OfTicketAsync(token));
            if (Request.Headers.Authorization.Count == 0)
                throw new ProblemException(ErrorCodes.TokenMalformed, "An access token is never sent in the URL: get a ticket from POST /api/v1/realtime/ticket.");
            var caller = await validator.ValidateAsync(token, Context.RequestAborted);
            // The request lives as long as its connection does, and who asks is known now: the token need not stay in memory.
            Request.Headers.Authorization = default;
            return Success(caller);
        }
        catch (ProblemException problem)
        {
            meters.Refused(problem.Error.Code);
            return AuthenticateResult.Fail(problem);
        }
        catch (Exception away) when (away is HttpRequestException or TimeoutException)
        {
            return AuthenticateResult.Fail(new ProblemException(ErrorCodes.Unavailable, "The ticket cannot be checked; the identity service is away."));
        }
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var problem = (await HandleAuthenticateOnceSafeAsync()).Failure as ProblemException;
        await ProblemWriter.WriteAsync(Context, problem?.Error ?? ErrorCodes.Unauthenticated, problem?.Detail, retryAfter: problem?.RetryAfter);
    }

    async Task<ClaimsPrincipal> OfTicketAsync(string ticket)
    {
        var negotiates = HttpMethods.IsPost(Request.Method) && Request.Path.Value?.EndsWith("/negotiate", StringComparison.Ordinal) == true;
        var identity = await holders.RedeemAsync(ticket, negotiates, Request.Query["id"].ToString(), Context.RequestAborted) ?? throw new ProblemException(ErrorCodes.TicketInvalid);
        return new ClaimsPrincipal(new ClaimsIdentity(
        [
            new Claim("sub", identity.UserId.ToString("D")),
            new Claim("sid", identity.SessionId),
            new Claim("exp", identity.TokenExpiresAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        ], Name));
    }

    static AuthenticateResult Success(ClaimsPrincipal caller) => AuthenticateResult.Success(new AuthenticationTicket(caller, Name));
}
