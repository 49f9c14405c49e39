using System.Net.Http.Json;
using System.Text.Json;

namespace ChatGenius.Client;

/// <summary>Holds the tokens of a session and renews them in time; calls that come together share one renewal. Thread-safe.</summary>
internal sealed class TokenKeeper(HttpClient http, TimeProvider time) : IDisposable
{
    readonly SemaphoreSlim _one = new(1);
    volatile Tokens? _tokens;

    /// <summary>Signs in with a password.</summary>
    public Task SignInAsync(string username, string password, CancellationToken cancellation) => RequestAsync(new()
    {
        ["grant_type"] = "password",
        ["username"] = username,
        ["password"] = password,
        ["scope"] = "openid offline_access",
    }, cancellation);

    /// <summary>An access token that is good for a while yet; null before the sign-in.</summary>
    public async ValueTask<string?> GetAsync(CancellationToken cancellation)
    {
        if (_tokens is not { } held || time.GetUtcNow() < held.RenewAt)
            return _tokens?.Access;
        await RenewAsync(held, cancellation);
        return _tokens!.Access;
    }

    /// <summary>Renews now, whatever time it is.</summary>
    public async Task<string?> RenewAsync(CancellationToken cancellation)
    {
        if (_tokens is { } held)
            await RenewAsync(held, cancellation);
        return _tokens?.Access;
    }

    /// <summary>Ends the session everywhere.</summary>
    public async Task SignOutAsync(CancellationToken cancellation)
    {
        if (_tokens is not { } held)
            return;
        _tokens = null;
        using var response = await http.PostAsync("connect/revoke", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["client_id"] = "chatgenius",
            ["token"] = held.Refresh ?? held.Access,
        }), cancellation);
    }

    public void Dispose() => _one.Dispose();

    async Task RenewAsync(Tokens held, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            // Somebody else may have done it while this call waited.
            if (ReferenceEquals(_tokens, held) && held.Refresh is { } refresh)
                await RequestAsync(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refresh }, cancellation);
        }
        finally
        {
            _one.Release();
        }
    }

    async Task RequestAsync(Dictionary<string, string> form, CancellationToken cancellation)
    {
        form["client_id"] = "chatgenius";
        using var response = await http.PostAsync("connect/token", new FormUrlEncodedContent(form), cancellation);
        await ChatApi.ThrowIfRefusedAsync(response, cancellation);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        var lifetime = TimeSpan.FromSeconds(answer.GetProperty("expires_in").GetInt32());
        _tokens = new Tokens(answer.GetProperty("access_token").GetString()!,
            answer.TryGetProperty("refresh_token", out var refresh) ? refresh.GetString() : null, time.GetUtcNow() + lifetime * 0.8);
    }

    sealed record Tokens(string Access, string? Refresh, DateTimeOffset RenewAt);
}
