using System.Net;

namespace ChatGenius.Client;

/// <summary>Holds the tokens of a session and renews them in time; calls that come together share one renewal. Thread-safe.</summary>
internal sealed class TokenKeeper(IServerCalls calls, ChatClientOptions options)
{
    /// <summary>A refresh token that was used may come again for 10 s only, so a lost answer is asked for again well before.</summary>
    static readonly TimeSpan s_renewalBound = TimeSpan.FromSeconds(3);

    const int RenewalTries = 3;

    readonly Lock _gate = new();
    Tokens? _tokens;
    Task<Tokens>? _renewing;
    int _sessions;

    /// <summary>Whose session it is; null before the sign-in.</summary>
    public Guid? UserId
    {
        get
        {
            lock (_gate)
                return _tokens?.UserId;
        }
    }

    /// <summary>Counts the sign-ins; null when nobody is signed in.</summary>
    public int? Session
    {
        get
        {
            lock (_gate)
                return _tokens?.Session;
        }
    }

    /// <summary>Signs in with a password.</summary>
    public async Task SignInAsync(string username, string password, CancellationToken cancellation)
    {
        var answer = await Patience.WithinAsync(options.CallTimeout, options.Time, bounded => calls.TokenAsync(new Dictionary<string, string>
        {
            ["client_id"] = "chatgenius",
            ["grant_type"] = "password",
            ["username"] = username,
            ["password"] = password,
            ["scope"] = "openid offline_access",
        }, bounded), cancellation);
        lock (_gate)
            _tokens = Held(answer, null, ++_sessions);
    }

    /// <summary>An access token that is good for a while yet; null before the sign-in.</summary>
    public async Task<string?> GetAsync(CancellationToken cancellation)
    {
        Tokens? held;
        lock (_gate)
            held = _tokens;
        if (held is null || options.Time.GetUtcNow() < held.RenewAt)
            return held?.Access;
        try
        {
            return await OtherThanAsync(held.Access, cancellation);
        }
        catch (Exception passing) when (IsPassing(passing, cancellation) && options.Time.GetUtcNow() < held.EndsAt)
        {
            return held.Access;
        }
    }

    /// <summary>An access token other than this one, which has ended or soon will: the one that is held meanwhile, or a fresh one. Null when signed out.</summary>
    public async Task<string?> OtherThanAsync(string? stale, CancellationToken cancellation)
    {
        Task<Tokens> renewing;
        lock (_gate)
        {
            if (_tokens is not { } held || held.Access != stale || held.Refresh is null)
                return _tokens?.Access;
            renewing = _renewing ??= RenewAsync(held);
        }
        await renewing.OrCancelledAsync(cancellation);
        return (await renewing).Access;
    }

    /// <summary>Ends the session everywhere.</summary>
    public async Task SignOutAsync(CancellationToken cancellation)
    {
        Tokens? held;
        lock (_gate)
            (held, _tokens) = (_tokens, null);
        if (held is not null)
            await Patience.WithinAsync(options.CallTimeout, options.Time, bounded => calls.RevokeAsync(held.Refresh ?? held.Access, bounded), cancellation);
    }

    /// <summary>Lets the tokens of a session go that has ended, unless there was another sign-in since.</summary>
    public void Forget(int? session)
    {
        lock (_gate)
            if (_tokens?.Session == session)
                _tokens = null;
    }

    /// <summary>True when the server says that the session is over.</summary>
    public static bool SaysEnded(Exception failure) => failure is ChatApiException { Status: HttpStatusCode.BadRequest, Code: "invalid_grant" };

    // Shared by all who wait, so nobody's cancellation ends it.
    async Task<Tokens> RenewAsync(Tokens held)
    {
        await Task.Yield();
        try
        {
            for (var tries = 1; ; tries++)
                try
                {
                    var answer = await Patience.WithinAsync(s_renewalBound, options.Time, bounded => calls.TokenAsync(new Dictionary<string, string>
                    {
                        ["client_id"] = "chatgenius",
                        ["grant_type"] = "refresh_token",
                        ["refresh_token"] = held.Refresh!,
                    }, bounded), CancellationToken.None);
                    var renewed = Held(answer, held, held.Session);
                    lock (_gate)
                        // A sign-out or another sign-in in between has the last word.
                        if (ReferenceEquals(_tokens, held))
                            _tokens = renewed;
                    return renewed;
                }
                catch (Exception passing) when (tries < RenewalTries && IsPassing(passing, CancellationToken.None))
                {
                    await Task.Delay(BackOff.After(tries - 1, options), options.Time);
                }
        }
        finally
        {
            lock (_gate)
                _renewing = null;
        }
    }

    Tokens Held(TokenAnswer answer, Tokens? before, int session)
    {
        var now = options.Time.GetUtcNow();
        return new Tokens(answer.AccessToken, answer.RefreshToken ?? before?.Refresh, now + answer.Lifetime * 0.8, now + answer.Lifetime, answer.UserId ?? before?.UserId, session);
    }

    static bool IsPassing(Exception failure, CancellationToken cancellation) =>
        failure is ChatApiException { IsPassing: true } or HttpRequestException or TimeoutException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested);

    sealed record Tokens(string Access, string? Refresh, DateTimeOffset RenewAt, DateTimeOffset EndsAt, Guid? UserId, int Session);
}
