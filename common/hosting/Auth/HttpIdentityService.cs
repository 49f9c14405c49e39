using System.Net;
using System.Net.Http.Json;
using Microsoft.IdentityModel.Tokens;

namespace ChatGenius.Hosting.Auth;

/// <summary>The identity service in another process: keys, tickets and ended sessions.</summary>
internal sealed class HttpIdentityService(IHttpClientFactory clients, TimeProvider time) : ISigningKeys, ITickets, ISessionEnds
{
    /// <summary>How often at most the keys are asked for anew, so that forged tokens cannot make a storm of it.</summary>
    static readonly TimeSpan RefreshPause = TimeSpan.FromSeconds(5);

    readonly SemaphoreSlim _refreshing = new(1);
    IReadOnlyList<SecurityKey> _keys = [];
    DateTimeOffset _refreshedAt = DateTimeOffset.MinValue;

    public ValueTask<IReadOnlyList<SecurityKey>> GetAsync(CancellationToken cancellation) =>
        _keys.Count > 0 ? ValueTask.FromResult(_keys) : RefreshAsync(cancellation);

    public async ValueTask<IReadOnlyList<SecurityKey>> RefreshAsync(CancellationToken cancellation)
    {
        await _refreshing.WaitAsync(cancellation);
        try
        {
            if (_keys.Count > 0 && time.GetUtcNow() - _refreshedAt < RefreshPause)
                return _keys;
            var json = await Client().GetStringAsync("/.well-known/jwks", cancellation);
            _keys = [.. new JsonWebKeySet(json).GetSigningKeys()];
            _refreshedAt = time.GetUtcNow();
            return _keys;
        }
        finally
        {
            _refreshing.Release();
        }
    }

    public async Task<TicketIdentity?> RedeemAsync(TicketRequest request, CancellationToken cancellation)
    {
        using var response = await Client().PostAsJsonAsync("/internal/identity/tickets/redeem", request, ContractsJson.Options, cancellation);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<TicketIdentity>(ContractsJson.Options, cancellation);
    }

    public async Task<EndedSessions> SinceAsync(long number, CancellationToken cancellation) =>
        await Client().GetFromJsonAsync<EndedSessions>($"/internal/identity/sessions/ended?since={number}", ContractsJson.Options, cancellation)
            ?? throw new HttpRequestException("The identity service answered with nothing.");

    HttpClient Client() => clients.CreateClient("identity");
}
