using System.Globalization;
using System.Security.Claims;
using ChatGenius.Hosting.Auth;

namespace ChatGenius.Realtime.Opening;

/// <summary>
/// Lets in whoever may open a connection of the hub: by an access token in the header, or by a ticket in the header or the URL. A ticket is looked at when a connection is negotiated, consumed when
/// its transport opens, and then stands for that connection's own later requests while it lives. Thread-safe.
/// </summary>
/// <remarks>
/// Not a scheme of ASP.NET's authentication: a WebSocket's request lasts as long as its connection, and with it whatever a scheme and a policy have made to answer once, which is more than all that the
/// product itself keeps for an idle connection (docs/performance.md, W3).
/// </remarks>
internal sealed class Admission(AccessTokenValidator validator, TicketHolders holders, PolledConnections polled, TokenMeters meters)
{
    /// <summary>Has every request of the hub come through here.</summary>
    public void Guard(IEndpointConventionBuilder hub) => hub.WithMetadata(OwnAuthentication.Instance).AllowAnonymous().Finally(endpoint =>
    {
        var opened = endpoint.RequestDelegate ?? throw new InvalidOperationException($"{endpoint.DisplayName} answers nothing.");
        endpoint.RequestDelegate = context => LetInAsync(context, opened);
    });

    async Task LetInAsync(HttpContext context, RequestDelegate opened)
    {
        context.User = await CallerAsync(context);
        await opened(context);
        if (context.Response.StatusCode == StatusCodes.Status404NotFound)
            holders.Release(IdOf(context.Request));
    }

    async ValueTask<ClaimsPrincipal> CallerAsync(HttpContext context)
    {
        try
        {
            var (request, inUrl) = (context.Request, context.Request.Query["access_token"].ToString());
            var token = BearerToken.Read(request) ?? (inUrl.Length > 0 ? inUrl : throw new ProblemException(ErrorCodes.Unauthenticated));
            if (!token.Contains('.', StringComparison.Ordinal))
                return await OfTicketAsync(context, token);
            if (request.Headers.Authorization.Count == 0)
                throw new ProblemException(ErrorCodes.TokenMalformed, "An access token is never sent in the URL: get a ticket from POST /api/v1/realtime/ticket.");
            var caller = await validator.IdentifyAsync(token, context.RequestAborted);
            if (!polled.IsPoll(request, caller.SessionId()))
                await validator.ValidateAsync(token, context.RequestAborted);
            // Who asks is known now; the token need not stay in memory as long as the connection.
            request.Headers.Authorization = default;
            return caller;
        }
        catch (ProblemException problem) when (problem.Error != ErrorCodes.Unauthenticated)
        {
            meters.Refused(problem.Error.Code);
            throw;
        }
        catch (Exception away) when (away is HttpRequestException or TimeoutException)
        {
            throw new ProblemException(ErrorCodes.Unavailable, "The ticket cannot be checked; the identity service is away.");
        }
    }

    async Task<ClaimsPrincipal> OfTicketAsync(HttpContext context, string ticket)
    {
        var request = context.Request;
        var negotiates = HttpMethods.IsPost(request.Method) && request.Path.Value?.EndsWith("/negotiate", StringComparison.Ordinal) == true;
        var identity = await holders.RedeemAsync(ticket, negotiates, IdOf(request), context.RequestAborted);
        if (identity is null || holders.HasEnded(identity) && !polled.IsPoll(request, identity.SessionId))
            throw new ProblemException(ErrorCodes.TicketInvalid);
        return new ClaimsPrincipal(new ClaimsIdentity(
        [
            new Claim("sub", identity.UserId.ToString("D")),
            new Claim("sid", identity.SessionId),
            new Claim("exp", identity.TokenExpiresAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        ], "Ticket"));
    }

    // The secret token of a connection that was negotiated; else empty.
    static string IdOf(HttpRequest request) => request.Query["id"].ToString();
}
