using System.Net;
using ChatGenius.Contracts.Channels;
using ChatGenius.Contracts.Errors;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Identity;
using ChatGenius.Contracts.Messages;

namespace ChatGenius.Client;

/// <summary>
/// The HTTP calls, typed. Besides what each returns, a call ends with a <see cref="ChatApiException"/> (refused), an <see cref="HttpRequestException"/> (the server cannot be reached)
/// or a <see cref="TimeoutException"/>; after the last two nobody knows whether it was done. Thread-safe.
/// </summary>
public sealed class ChatApi
{
    readonly IServerCalls _calls;
    readonly TokenKeeper _tokens;
    readonly ChatClientOptions _options;

    internal ChatApi(IServerCalls calls, TokenKeeper tokens, ChatClientOptions options) => (_calls, _tokens, _options) = (calls, tokens, options);

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

    /// <summary>Any other call. A token that has just expired is renewed, and the call made again.</summary>
    /// <param name="path">Below the public address, without a leading slash.</param>
    public async Task<T> CallAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellation)
    {
        var token = await _tokens.GetAsync(cancellation);
        try
        {
            return await OnceAsync<T>(method, path, body, token, cancellation);
        }
        catch (ChatApiException refused) when (token is not null && refused.Status == HttpStatusCode.Unauthorized && refused.Code == ErrorCodes.TokenExpired.Code)
        {
            return await OnceAsync<T>(method, path, body, await _tokens.OtherThanAsync(token, cancellation), cancellation);
        }
    }

    Task<T> OnceAsync<T>(HttpMethod method, string path, object? body, string? token, CancellationToken cancellation) =>
        Patience.WithinAsync(_options.CallTimeout, _options.Time, bounded => _calls.CallAsync<T>(method, path, body, token, bounded), cancellation);
}
