using System.Collections.Concurrent;
using System.Security.Claims;
using System.Text.Json;
using ChatGenius.Hosting.Problems;
using ChatGenius.Hosting.Settings;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChatGenius.Hosting.Auth;

/// <summary>
/// The one validator of access tokens, used by every service on its own with the published keys. Says precisely what is wrong. Thread-safe.
/// </summary>
public sealed class AccessTokenValidator(ISigningKeys keys, EndedSessionWatch sessions, IOptions<ChatGeniusSettings> settings, TimeProvider time)
{
    /// <summary>The audience of access tokens.</summary>
    public const string Audience = "chatgenius";

    /// <summary>How far in the future a token may seem to begin, for clocks that differ.</summary>
    static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>How long a token that has expired can still be identified.</summary>
    static readonly TimeSpan s_remembered = TimeSpan.FromMinutes(1);

    const int CacheLimit = 20_000;

    readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    readonly ConcurrentDictionary<string, (ClaimsPrincipal Caller, string Session, DateTimeOffset Expires)> _known = new(StringComparer.Ordinal);

    /// <summary>The caller that a token speaks for.</summary>
    /// <exception cref="ProblemException"><c>token_malformed</c>, <c>token_invalid</c>, <c>token_expired</c>, <c>session_ended</c>, or <c>unavailable</c> when the keys or the ended sessions cannot be had.</exception>
    public async ValueTask<ClaimsPrincipal> ValidateAsync(string token, CancellationToken cancellation)
    {
        var known = await KnownAsync(token, cancellation);
        var over = time.GetUtcNow() - known.Expires;
        if (over >= TimeSpan.Zero)
        {
            if (over > s_remembered)
                _known.TryRemove(token, out _);
            throw new ProblemException(ErrorCodes.TokenExpired);
        }
        try
        {
            await sessions.WaitUntilKnownAsync(cancellation);
        }
        catch (TimeoutException)
        {
            throw new ProblemException(ErrorCodes.Unavailable, "Which sessions have ended cannot be had; the identity service is away.");
        }
        if (sessions.HasEnded(known.Session))
            throw new ProblemException(ErrorCodes.SessionEnded);
        return known.Caller;
    }

    /// <summary>
    /// The caller that a token speaks for, or spoke for: its session may have ended, and it may have expired a minute ago, if it was seen here before. Only for what ends by rules of its own.
    /// </summary>
    /// <exception cref="ProblemException">As of <see cref="ValidateAsync"/>, but <c>session_ended</c>; <c>token_expired</c> for one that was not seen before.</exception>
    public async ValueTask<ClaimsPrincipal> IdentifyAsync(string token, CancellationToken cancellation) => (await KnownAsync(token, cancellation)).Caller;

    async ValueTask<(ClaimsPrincipal Caller, string Session, DateTimeOffset Expires)> KnownAsync(string token, CancellationToken cancellation)
    {
        if (_known.TryGetValue(token, out var known))
            return known;
        var caller = await ValidateSignatureAsync(Read(token), cancellation);
        known = (caller, Requests.Caller.SessionId(caller), Requests.Caller.TokenExpiry(caller));
        if (_known.Count >= CacheLimit)
            _known.Clear();
        return _known[token] = known;
    }

    static JsonWebToken Read(string token)
    {
        if (token.Length == 0 || token.Length > 8192 || token.Count(c => c == '.') != 2 || !token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            throw new ProblemException(ErrorCodes.TokenMalformed);
        try
        {
            return new JsonWebToken(token);
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException or JsonException or SecurityTokenException)
        {
            throw new ProblemException(ErrorCodes.TokenMalformed);
        }
    }

    async Task<ClaimsPrincipal> ValidateSignatureAsync(JsonWebToken token, CancellationToken cancellation)
    {
        try
        {
            var result = await TryAsync(token, await keys.GetAsync(cancellation));
            if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
                result = await TryAsync(token, await keys.RefreshAsync(cancellation));
            if (result.IsValid && result.ClaimsIdentity.FindFirst("sub") is { } subject && Guid.TryParse(subject.Value, out _) && result.ClaimsIdentity.FindFirst("sid") is not null)
                return new ClaimsPrincipal(result.ClaimsIdentity);
            throw new ProblemException(result.Exception switch
            {
                SecurityTokenExpiredException => ErrorCodes.TokenExpired,
                SecurityTokenMalformedException => ErrorCodes.TokenMalformed,
                _ => ErrorCodes.TokenInvalid,
            });
        }
        catch (Exception away) when (away is HttpRequestException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            throw new ProblemException(ErrorCodes.Unavailable, "The keys of access tokens cannot be had; the identity service is away.");
        }
    }

    Task<TokenValidationResult> TryAsync(JsonWebToken token, IReadOnlyList<SecurityKey> signingKeys) => _handler.ValidateTokenAsync(token, new TokenValidationParameters
    {
        IssuerSigningKeys = signingKeys,
        ValidIssuers = [settings.Value.PublicUrl.TrimEnd('/'), settings.Value.PublicUrl.TrimEnd('/') + "/"],
        ValidAudience = Audience,
        ValidTypes = ["at+jwt"],
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256],
        RequireExpirationTime = true,
        NameClaimType = "name",
        RoleClaimType = "role",
        LifetimeValidator = (notBefore, expires, _, _) =>
        {
            var now = time.GetUtcNow().UtcDateTime;
            if (expires is null || expires <= now)
                throw new SecurityTokenExpiredException("The token has expired.");
            return notBefore is null || notBefore <= now + ClockSkew;
        },
    });
}
