using ChatGenius.Client;
using ChatGenius.Contracts.Internal;
using ChatGenius.Hosting.Auth;

namespace ChatGenius.SimulationTests.World;

/// <summary>An access token of the simulation.</summary>
internal sealed record SimToken(Guid User, string Session, DateTimeOffset ExpiresAt);

/// <summary>The identity service, as far as delivery needs it: tokens that end, and sessions that are ended.</summary>
internal sealed class SimIdentity(SimProcess by, TimeSpan lifetime) : ISessionEnds
{
    readonly Dictionary<string, SimToken> _tokens = new(StringComparer.Ordinal);
    readonly Dictionary<string, Guid> _sessions = new(StringComparer.Ordinal);
    readonly List<EndedSession> _ended = [];

    public SimProcess By => by;

    /// <summary>Answers a token request: a password opens a session, a refresh token (its session's name) goes on with it.</summary>
    public TokenAnswer Token(IReadOnlyDictionary<string, string> form)
    {
        var session = form["grant_type"] == "password" ? $"s{_sessions.Count}" : form["refresh_token"];
        if (form["grant_type"] == "password")
            _sessions[session] = Guid.Parse(form["username"]);
        if (_ended.Exists(e => e.SessionId == session))
            throw new ChatApiException(System.Net.HttpStatusCode.BadRequest, "invalid_grant", "The session has ended.", null);
        var token = $"t{_tokens.Count}";
        _tokens[token] = new SimToken(_sessions[session], session, by.Loop.UtcNow + lifetime);
        return new TokenAnswer(token, session, lifetime, _sessions[session]);
    }

    /// <summary>What a token says; null when it has ended.</summary>
    public SimToken? Validate(string? token) => token is not null && _tokens.TryGetValue(token, out var known) && known.ExpiresAt > by.Loop.UtcNow ? known : null;

    /// <summary>Ends a session.</summary>
    public void End(string session) => _ended.Add(new EndedSession { Number = _ended.Count + 1, SessionId = session, ForgetAt = by.Loop.UtcNow + lifetime + lifetime });

    public Task<EndedSessions> SinceAsync(long number, CancellationToken cancellation) => Task.FromResult(new EndedSessions { Items = [.. _ended.Where(e => e.Number > number)] });
}
