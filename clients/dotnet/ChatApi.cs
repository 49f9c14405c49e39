using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ChatGenius.Contracts;
using ChatGenius.Contracts.Channels;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Identity;
using ChatGenius.Contracts.Messages;

namespace ChatGenius.Client;

/// <summary>The HTTP calls, typed. A refusal is a <see cref="ChatApiException"/>. Thread-safe.</summary>
public sealed class ChatApi : IDisposable
{
    readonly HttpClient _http;
    readonly Func<CancellationToken, ValueTask<string?>> _token;

    internal ChatApi(HttpClient http, Func<CancellationToken, ValueTask<string?>> token) => (_http, _token) = (http, token);

    public Task<User> RegisterAsync(RegisterUser user, CancellationToken cancellation = default) => CallAsync<User>(HttpMethod.Post, "api/v1/users", user, cancellation);

    public Task<User> MeAsync(CancellationToken cancellation = default) => CallAsync<User>(HttpMethod.Get, "api/v1/users/me", null, cancellation);

    public Task<CreatedChannel> CreateChannelAsync(CreateChannel channel, CancellationToken cancellation = default) =>
        CallAsync<CreatedChannel>(HttpMethod.Post, "api/v1/channels", channel, cancellation);

    public Task<SideBar> MyChannelsAsync(CancellationToken cancellation = default) => CallAsync<SideBar>(HttpMethod.Get, "api/v1/users/me/channels?limit=200", null, cancellation);

    public Task<ChangedMembership> PutMemberAsync(Guid channel, Guid user, string? role = null, CancellationToken cancellation = default) =>
        CallAsync<ChangedMembership>(HttpMethod.Put, $"api/v1/channels/{channel}/members/{user}", new PutMember { Role = role }, cancellation);

    public Task<ChangedMembership> RemoveMemberAsync(Guid channel, Guid user, CancellationToken cancellation = default) =>
        CallAsync<ChangedMembership>(HttpMethod.Delete, $"api/v1/channels/{channel}/members/{user}", null, cancellation);

    public Task<Message> PostAsync(Guid channel, PostMessage message, CancellationToken cancellation = default) =>
        CallAsync<Message>(HttpMethod.Post, $"api/v1/channels/{channel}/messages", message, cancellation);

    public Task<Message> EditAsync(Guid channel, Guid message, EditMessage edit, CancellationToken cancellation = default) =>
        CallAsync<Message>(HttpMethod.Patch, $"api/v1/channels/{channel}/messages/{message}", edit, cancellation);

    public Task<Message> DeleteAsync(Guid channel, Guid message, CancellationToken cancellation = default) =>
        CallAsync<Message>(HttpMethod.Delete, $"api/v1/channels/{channel}/messages/{message}", null, cancellation);

    public Task<Message> ReactAsync(Guid channel, Guid message, string emoji, CancellationToken cancellation = default) =>
        CallAsync<Message>(HttpMethod.Put, $"api/v1/channels/{channel}/messages/{message}/reactions/{Uri.EscapeDataString(emoji)}", null, cancellation);

    public Task<MessagePage> HistoryAsync(Guid channel, long? before = null, int limit = 50, CancellationToken cancellation = default) =>
        CallAsync<MessagePage>(HttpMethod.Get, $"api/v1/channels/{channel}/messages?limit={limit}{(before is { } seq ? $"&before={seq}" : "")}", null, cancellation);

    public Task<ReadPosition> ReadAsync(Guid channel, long seq, CancellationToken cancellation = default) =>
        CallAsync<ReadPosition>(HttpMethod.Put, $"api/v1/channels/{channel}/read", new ReadUpTo { Seq = seq }, cancellation);

    public Task<SyncAnswer> SyncAsync(SyncRequest request, CancellationToken cancellation = default) => CallAsync<SyncAnswer>(HttpMethod.Post, "api/v1/sync", request, cancellation);

    /// <summary>Any other call.</summary>
    public async Task<T> CallAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path);
        if (await _token(cancellation) is { } token)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
            request.Content = JsonContent.Create(body, body.GetType(), options: ContractsJson.Options);
        using var response = await _http.SendAsync(request, cancellation);
        await ThrowIfRefusedAsync(response, cancellation);
        return await response.Content.ReadFromJsonAsync<T>(ContractsJson.Options, cancellation) ?? throw new JsonException("The server answered with nothing.");
    }

    public void Dispose() => _http.Dispose();

    internal HttpClient Http => _http;

    internal static async Task ThrowIfRefusedAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.IsSuccessStatusCode)
            return;
        var (code, detail) = ("", "");
        try
        {
            using var problem = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellation), cancellationToken: cancellation);
            code = Text(problem.RootElement, "code") ?? Text(problem.RootElement, "error") ?? "";
            detail = Text(problem.RootElement, "detail") ?? Text(problem.RootElement, "error_description") ?? "";
        }
        catch (JsonException)
        {
            // The answer is of something in between; its status says enough.
        }
        throw new ChatApiException(response.StatusCode, code, detail, response.Headers.RetryAfter?.Delta);
    }

    static string? Text(JsonElement problem, string name) =>
        problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
