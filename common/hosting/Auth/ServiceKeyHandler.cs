using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using ChatGenius.Hosting.Problems;
using ChatGenius.Hosting.Settings;
using Microsoft.AspNetCore.Authentication;

namespace ChatGenius.Hosting.Auth;

/// <summary>Authenticates other services of the deployment by the secret they share.</summary>
internal sealed class ServiceKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IOptions<ChatGeniusSettings> settings)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Service";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        var expected = settings.Value.ServiceKey;
        if (expected is null || !header.StartsWith(Name + " ", StringComparison.Ordinal))
            return Task.FromResult(AuthenticateResult.NoResult());
        var matches = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(header[(Name.Length + 1)..]), Encoding.UTF8.GetBytes(expected));
        return Task.FromResult(matches
            ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity([new Claim("service", "true")], Name)), Name))
            : AuthenticateResult.Fail("The service key does not match."));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => ProblemWriter.WriteAsync(Context, ErrorCodes.Unauthenticated);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => ProblemWriter.WriteAsync(Context, ErrorCodes.Unauthenticated);
}
