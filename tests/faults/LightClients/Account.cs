using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace ChatGenius.FaultTests.LightClients;

/// <summary>A registered user, with one session whose access token is renewed when it is needed. Thread-safe.</summary>
internal sealed class Account
{
    public const string Password = "correct horse";

    readonly HttpClient _http;
    readonly SemaphoreSlim _one = new(1);
    JsonElement _tokens;
    DateTimeOffset _expires;
    DateTimeOffset _renewFrom;

    Account(HttpClient http, string username, Guid id) => (_http, Username, Id) = (http, username, id);

    public string Username { get; }
    public Guid Id { get; }

    /// <summary>The session that its tokens belong to.</summary>
    public string Session { get; private set; } = "";

    /// <summary>When the token at hand ends.</summary>
    public DateTimeOffset Expires => _expires;

    /// <summary>Registers somebody and signs them in.</summary>
    public static async Task<Account> RegisterAsync(HttpClient http)
    {
        var username = "u" + Guid.CreateVersion7().ToString("N");
        using var answer = await http.PostAsJsonAsync("api/v1/users", new { username, password = Password });
        answer.EnsureSuccessStatusCode();
        var account = new Account(http, username, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid());
        await account.TokenAsync();
        return account;
    }

    /// <summary>An access token that is good for a while yet.</summary>
    public async Task<string> TokenAsync(CancellationToken cancellation = default)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (TimeProvider.System.GetUtcNow() >= _renewFrom)
                await AskAsync(cancellation);
            return _tokens.GetProperty("access_token").GetString()!;
        }
        finally
        {
            _one.Release();
        }
    }

    async Task AskAsync(CancellationToken cancellation)
    {
        var form = new Dictionary<string, string> { ["client_id"] = "chatgenius" };
        if (_tokens.ValueKind == JsonValueKind.Object)
            (form["grant_type"], form["refresh_token"]) = ("refresh_token", _tokens.GetProperty("refresh_token").GetString()!);
        else
            (form["grant_type"], form["username"], form["password"], form["scope"]) = ("password", Username, Password, "openid offline_access");
        using var answer = await _http.PostAsync("connect/token", new FormUrlEncodedContent(form), cancellation);
        answer.EnsureSuccessStatusCode();
        _tokens = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        var claims = ClaimsOf(_tokens.GetProperty("access_token").GetString()!);
        (Session, _expires) = (claims.GetProperty("sid").GetString()!, DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("exp").GetInt64()));
        _renewFrom = TimeProvider.System.GetUtcNow() + ((_expires - TimeProvider.System.GetUtcNow()) / 2);
    }

    static JsonElement ClaimsOf(string token)
    {
        var payload = token.Split('.')[1].Replace('-', '+').Replace('_', '/');
        using var claims = JsonDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(payload.PadRight((payload.Length + 3) / 4 * 4, '='))));
        return claims.RootElement.Clone();
    }
}
