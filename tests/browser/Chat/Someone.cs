using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace ChatGenius.BrowserTests.Chat;

/// <summary>An account, as another program of that person uses it.</summary>
internal sealed class Someone : IDisposable
{
    public const string Password = "correct horse battery";

    readonly HttpClient _http;

    Someone(Uri address, string name)
    {
        _http = new HttpClient { BaseAddress = address };
        Name = name;
    }

    public string Name { get; private init; }
    public Guid Id { get; private set; }

    public static async Task<Someone> RegisterAsync(Uri address, string who)
    {
        var someone = new Someone(address, who + Guid.CreateVersion7().ToString("N")[^10..]);
        someone.Id = (await someone.CallAsync(HttpMethod.Post, "api/v1/users", new { username = someone.Name, password = Password, displayName = who })).GetProperty("id").GetGuid();
        await someone.SignInAsync(Password);
        return someone;
    }

    /// <summary>An account that is there already.</summary>
    public static async Task<Someone> SignInAsync(Uri address, string name, string password)
    {
        var someone = new Someone(address, "") { Name = name };
        await someone.SignInAsync(password);
        return someone;
    }

    /// <summary>How many channels of theirs there are, and how many messages in them.</summary>
    public async Task<(int Channels, long Messages)> CountAsync()
    {
        var lines = (await CallAsync(HttpMethod.Get, "api/v1/users/me/channels?limit=200", null)).GetProperty("items").EnumerateArray().ToList();
        return (lines.Count, lines.Sum(line => line.GetProperty("lastSeq").GetInt64()));
    }

    async Task SignInAsync(string password)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "password", ["client_id"] = "chatgenius", ["username"] = Name, ["password"] = password, ["scope"] = "openid" });
        using var answer = await _http.PostAsync(new Uri("connect/token", UriKind.Relative), form);
        var token = await answer.Content.ReadFromJsonAsync<JsonElement>();
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("access_token").GetString());
    }

    public async Task<Guid> CreateAsync(string name, string kind, params Guid[] members) =>
        (await CallAsync(HttpMethod.Post, "api/v1/channels", new { name = name + Guid.CreateVersion7().ToString("N")[^8..], kind, memberIds = members })).GetProperty("channel").GetProperty("id").GetGuid();

    public Task SayAsync(Guid channel, string text) => CallAsync(HttpMethod.Post, $"api/v1/channels/{channel}/messages", new { clientId = Guid.CreateVersion7(), text });

    public Task RemoveAsync(Guid channel, Guid user) => CallAsync(HttpMethod.Delete, $"api/v1/channels/{channel}/members/{user}", null);

    /// <summary>What the server holds of a channel, in order; at most 200 messages.</summary>
    public async Task<IReadOnlyList<string?>> TextsAsync(Guid channel) =>
        [.. (await CallAsync(HttpMethod.Get, $"api/v1/channels/{channel}/messages?limit=200", null)).GetProperty("items").EnumerateArray().Select(m => m.GetProperty("text").GetString())];

    public void Dispose() => _http.Dispose();

    async Task<JsonElement> CallAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonSerializer.Deserialize<JsonElement>(text) : throw new InvalidOperationException($"{method} {path}: {(int)answer.StatusCode} {text}");
    }
}
