using System.Security.Cryptography;
using System.Text;

namespace ChatGenius.Specs.Talking;

/// <summary>Speaks HTTP with a deployment as any client does, knowing nothing but the protocol.</summary>
public sealed class Chat(Uri address) : IDisposable
{
    readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };

    public Uri Address => address;

    /// <summary>Text that no other spec uses.</summary>
    public static string Unique(string prefix = "") => prefix + RandomNumberGenerator.GetHexString(10, lowercase: true);

    public Task<Reply> GetAsync(string path, string? token = null) => SendAsync(HttpMethod.Get, path, token: token);

    /// <summary>Sends a call whose body, if any, is written as JSON.</summary>
    public Task<Reply> SendAsync(HttpMethod method, string path, object? body = null, string? token = null) =>
        SendAsync(method, path, body is null ? null : new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"), token is null ? null : "Bearer " + token);

    /// <summary>Sends a body as it stands.</summary>
    public Task<Reply> SendRawAsync(HttpMethod method, string path, string body, string? token = null, string contentType = "application/json") =>
        SendAsync(method, path, new StringContent(body, Encoding.UTF8, contentType), token is null ? null : "Bearer " + token);

    public Task<Reply> SendFormAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), null);

    /// <summary>Sends a call with the Authorization header as it stands.</summary>
    public async Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? content, string? authorization, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await _http.SendAsync(request);
        return new Reply($"{method} {path}", response.StatusCode, response.Headers, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Registers someone with a user name of their own and signs them in.</summary>
    public async Task<Person> RegisterAsync(string name = "new")
    {
        var username = Unique(name);
        var password = Unique("pass-");
        var user = (await SendAsync(HttpMethod.Post, "/api/v1/users", new { username, password, displayName = name })).Expect(HttpStatusCode.Created).Body;
        return await SignInAsync(Guid.Parse(user.Text("id")!), username, password);
    }

    /// <summary>Begins a session of a registered user.</summary>
    public async Task<Person> SignInAsync(Guid id, string username, string password)
    {
        var tokens = (await TokenAsync(username, password)).Expect(HttpStatusCode.OK).Body;
        return new Person(this, id, username, password, tokens.Text("access_token")!, tokens.Text("refresh_token")!);
    }

    public Task<Reply> TokenAsync(string username, string password, string scope = "openid offline_access") => SendFormAsync(
        "/connect/token", ("grant_type", "password"), ("client_id", "chatgenius"), ("username", username), ("password", password), ("scope", scope));

    public Task<Reply> RefreshAsync(string refreshToken) =>
        SendFormAsync("/connect/token", ("grant_type", "refresh_token"), ("client_id", "chatgenius"), ("refresh_token", refreshToken));

    public Task<Reply> RevokeAsync(string token, string kind = "refresh_token") =>
        SendFormAsync("/connect/revoke", ("client_id", "chatgenius"), ("token", token), ("token_type_hint", kind));

    public void Dispose() => _http.Dispose();
}
