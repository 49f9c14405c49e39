using System.Text.Encodings.Web;
using ChatGenius.Hosting.Problems;
using Microsoft.AspNetCore.Authentication;

namespace ChatGenius.Hosting.Auth;

/// <summary>Authenticates <c>Authorization: Bearer</c> access tokens.</summary>
internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AccessTokenValidator validator, TokenMeters meters)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Bearer";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        try
        {
            if (BearerToken.Read(Request) is not { } token)
                return AuthenticateResult.NoResult();
            return AuthenticateResult.Success(new AuthenticationTicket(await validator.ValidateAsync(token, Context.RequestAborted), Name));
        }
        catch (ProblemException problem)
        {
            meters.Refused(problem.Error.Code);
            return AuthenticateResult.Fail(problem);
        }
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var problem = (await HandleAuthenticateOnceSafeAsync()).Failure as ProblemException;
        await ProblemWriter.WriteAsync(Context, problem?.Error ?? ErrorCodes.Unauthenticated, problem?.Detail, retryAfter: problem?.RetryAfter);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => ProblemWriter.WriteAsync(Context, ErrorCodes.Forbidden);
}
