using System.Buffers;
using ChatGenius.Hosting.Problems;

namespace ChatGenius.Hosting.Auth;

/// <summary>Reads the access token of a request, and says what is wrong with the way it was sent.</summary>
public static class BearerToken
{
    const string Scheme = "Bearer";

    // RFC 6750, section 2.1. What consists of these alone has none of the mistakes below but the doubled word.
    static readonly SearchValues<char> s_characters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=");

    /// <summary>The token; null when none was sent.</summary>
    /// <exception cref="ProblemException"><c>token_malformed</c> or <c>user_id_not_accepted</c>.</exception>
    public static string? Read(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.Length == 0)
            return null;
        if (request.Headers.ContainsKey("X-User-Id") || (request.QueryString.HasValue && (request.Query.ContainsKey("userId") || request.Query.ContainsKey("user_id"))))
            throw new ProblemException(ErrorCodes.UserIdNotAccepted);
        if (header.StartsWith("Service ", StringComparison.Ordinal))
            return null;
        if (!header.StartsWith(Scheme + " ", StringComparison.OrdinalIgnoreCase))
            throw new ProblemException(ErrorCodes.TokenMalformed, "The Authorization header is not `Bearer <token>`.");
        var token = header[(Scheme.Length + 1)..];
        if (token.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            throw new ProblemException(ErrorCodes.TokenMalformed, "The word `Bearer` was sent twice.");
        if (!token.AsSpan().ContainsAnyExcept(s_characters))
            return token;
        if (token.AsSpan().IndexOfAny("\"'`") >= 0)
            throw new ProblemException(ErrorCodes.TokenMalformed, "The token was sent with quotes around it.");
        if (token.Split([' ', ',', ';', ':', '|'], StringSplitOptions.RemoveEmptyEntries) is { Length: > 1 } parts && parts[1..].Any(p => Guid.TryParse(p, out _)))
            throw new ProblemException(ErrorCodes.UserIdNotAccepted);
        if (token.Any(char.IsWhiteSpace))
            throw new ProblemException(ErrorCodes.TokenMalformed, "The token contains spaces.");
        return token;
    }
}
