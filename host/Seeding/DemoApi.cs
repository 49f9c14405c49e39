using System.Text.Json;
using System.Net.Http.Headers;
using ChatGenius.Contracts;
using ChatGenius.Contracts.Channels;

namespace ChatGenius.Host.Seeding;

/// <summary>The product's own HTTP API, as one person of the demo uses it.</summary>
internal sealed class DemoApi(HttpClient http, string username) : IDisposable
{
    /// <summary>The password of every demo account; it is printed, so it protects nothing.</summary>
    public const string Password = "demo demo demo";

    public Guid Id { get; private set; }

    public async Task RegisterAsync(DemoPerson person, CancellationToken cancel)
    {
        Id = (await CallAsync(HttpMethod.Post, "api/v1/users", new { username, password = Password, displayName = person.DisplayName }, cancel)).GetProperty("id").GetGuid();
        await TrySignInAsync(cancel);
        if (person.Status.Length > 0)
            await CallAsync(HttpMethod.Patch, "api/v1/users/me", new { statusText = person.Status }, cancel);
    }

    /// <summary>False where there is no such account with the demo's password.</summary>
    public async Task<bool> TrySignInAsync(CancellationToken cancel)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "password", ["client_id"] = "chatgenius", ["username"] = username, ["password"] = Password, ["scope"] = "openid" });
        using var answer = await http.PostAsync(new Uri("connect/token", UriKind.Relative), form, cancel);
        if (!answer.IsSuccessStatusCode)
            return false;
        var token = await answer.Content.ReadFromJsonAsync<JsonElement>(cancel);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("access_token").GetString());
        return true;
    }

    public async Task<Guid> CreateAsync(DemoChannel channel, IReadOnlyList<Guid> members, CancellationToken cancel)
    {
        object body = channel.Kind == ChannelKind.Direct
            ? new { kind = channel.Kind, memberIds = members }
            : new { kind = channel.Kind, name = channel.Name, topic = channel.Topic, memberIds = members };
        return (await CallAsync(HttpMethod.Post, "api/v1/channels", body, cancel)).GetProperty("channel").GetProperty("id").GetGuid();
    }

    public async Task<Guid> PostAsync(Guid channel, string text, Guid? thread, IReadOnlyList<Guid> mentions, TimeProvider clock, CancellationToken cancel) =>
        (await CallAsync(HttpMethod.Post, $"api/v1/channels/{channel}/messages", new { clientId = Guid.CreateVersion7(clock.GetUtcNow()), text, threadId = thread, mentions }, cancel)).GetProperty("id").GetGuid();

    public Task ReactAsync(Guid channel, Guid message, string emoji, CancellationToken cancel) =>
        CallAsync(HttpMethod.Put, $"api/v1/channels/{channel}/messages/{message}/reactions/{Uri.EscapeDataString(emoji)}", null, cancel);

    public Task PinAsync(Guid channel, Guid message, CancellationToken cancel) => CallAsync(HttpMethod.Put, $"api/v1/channels/{channel}/messages/{message}/pin", null, cancel);

    public Task SetAsync(Guid channel, object settings, CancellationToken cancel) => CallAsync(HttpMethod.Patch, $"api/v1/users/me/channels/{channel}", settings, cancel);

    public void Dispose() => http.Dispose();

    // One who writes faster than people do is told to wait.
    async Task<JsonElement> CallAsync(HttpMethod method, string path, object? body, CancellationToken cancel)
    {
        for (; ; )
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, options: ContractsJson.Options) };
            using var answer = await http.SendAsync(request, cancel);
            if (answer.Headers.RetryAfter?.Delta is { } wait && !answer.IsSuccessStatusCode)
            {
                await Task.Delay(wait, TimeProvider.System, cancel);
                continue;
            }
            if (!answer.IsSuccessStatusCode)
                throw new HttpRequestException($"{method} {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancel)}");
            return await answer.Content.ReadFromJsonAsync<JsonElement>(cancel);
        }
    }
}
