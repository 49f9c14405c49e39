using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ChatGenius.Contracts;
using ChatGenius.Contracts.Edge;
using ChatGenius.Contracts.Errors;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Identity;

namespace ChatGenius.Client;

/// <summary>
/// The HTTP calls, typed. Besides what each returns, a call ends with a <see cref="ChatApiException"/> (refused), an <see cref="HttpRequestException"/> (the server cannot be reached)
/// or a <see cref="TimeoutException"/>; after the last two nobody knows whether it was done. What a command answers also updates the views that hold it. Thread-safe.
/// </summary>
public sealed partial class ChatApi
{
    readonly IServerCalls _calls;
    readonly TokenKeeper _tokens;
    readonly ChatClientOptions _options;
    readonly Func<FeedName, Action<JsonElement>> _answers;

    /// <param name="answers">Called as a command is sent, with the feed that it changes; what it gives takes the entity that the command answers.</param>
    internal ChatApi(IServerCalls calls, TokenKeeper tokens, ChatClientOptions options, Func<FeedName, Action<JsonElement>> answers) =>
        (_calls, _tokens, _options, _answers) = (calls, tokens, options, answers);

    /// <summary>The limits, rates and address of the deployment. Needs no sign-in.</summary>
    public Task<PublicConfig> ConfigAsync(CancellationToken cancellation = default) => GetAsync<PublicConfig>("api/v1/config", cancellation);

    /// <summary>Every error code with what to do about it. Needs no sign-in.</summary>
    public async Task<IReadOnlyList<ErrorCode>> ErrorsAsync(CancellationToken cancellation = default) => (await GetAsync<Page<ErrorCode>>("api/v1/errors", cancellation)).Items;

    /// <summary>What there is of some feeds since the given positions, without a connection. At most 500.</summary>
    public Task<SyncAnswer> SyncAsync(SyncRequest request, CancellationToken cancellation = default) => CallAsync<SyncAnswer>(HttpMethod.Post, "api/v1/sync", request, cancellation);

    /// <summary>A ticket that opens one connection within 30 s, for pages that cannot send a header; this client needs none.</summary>
    public Task<RealtimeTicket> TicketAsync(CancellationToken cancellation = default) => CallAsync<RealtimeTicket>(HttpMethod.Post, "api/v1/realtime/ticket", null, cancellation);

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

    Task<T> GetAsync<T>(string path, CancellationToken cancellation) => CallAsync<T>(HttpMethod.Get, path, null, cancellation);

    // A call whose answer tells what an entity of a feed has become.
    async Task<T> ChangeAsync<T>(FeedName? feed, HttpMethod method, string path, object? body, Func<T, JsonElement> entity, CancellationToken cancellation)
    {
        var take = feed is { } changes ? _answers(changes) : null;
        var answer = await CallAsync<T>(method, path, body, cancellation);
        take?.Invoke(entity(answer));
        return answer;
    }

    // One page after the other, each fetched when the one before is used up.
    static async IAsyncEnumerable<T> PagesAsync<T>(Func<string?, Task<(IReadOnlyList<T> Items, string? Next)>> fetch, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string? cursor = null;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            (var items, cursor) = await fetch(cursor);
            foreach (var item in items)
                yield return item;
        }
        while (cursor is not null);
    }

    static string Query(string path, params (string Name, object? Value)[] values)
    {
        var query = string.Join('&', values.Where(v => v.Value is not null).Select(v => $"{v.Name}={Uri.EscapeDataString(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{v.Value}"))}"));
        return query.Length == 0 ? path : $"{path}?{query}";
    }

    Task<T> OnceAsync<T>(HttpMethod method, string path, object? body, string? token, CancellationToken cancellation) =>
        Patience.WithinAsync(_options.CallTimeout, _options.Time, bounded => _calls.CallAsync<T>(method, path, body, token, bounded), cancellation);
}
