using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using ChatGenius.Contracts;

namespace ChatGenius.Client;

/// <summary>The calls over HTTP. Thread-safe.</summary>
internal sealed class HttpServerCalls : IServerCalls
{
    readonly HttpClient _http;

    public HttpServerCalls(Uri address) : this(address, new SocketsHttpHandler())
    {
    }

    internal HttpServerCalls(Uri address, HttpMessageHandler connections) =>
        // How long a call may take is decided by whoever calls, on a clock that can be simulated.
        _http = new HttpClient(new HttpConnections(connections)) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };

    public async Task<T> CallAsync<T>(HttpMethod method, string path, object? body, string? token, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
            request.Content = JsonContent.Create(body, body.GetType(), options: ContractsJson.Options);
        using var response = await _http.SendAsync(request, cancellation);
        await ThrowIfRefusedAsync(response, cancellation);
        return await response.Content.ReadFromJsonAsync<T>(ContractsJson.Options, cancellation) ?? throw new JsonException("The server answered with nothing.");
    }

    public async Task<TokenAnswer> TokenAsync(IReadOnlyDictionary<string, string> form, CancellationToken cancellation)
    {
        using var content = new FormUrlEncodedContent(form);
        using var response = await _http.PostAsync("connect/token", content, cancellation);
        await ThrowIfRefusedAsync(response, cancellation);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        return new TokenAnswer(Text(answer, "access_token")!, Text(answer, "refresh_token"), TimeSpan.FromSeconds(answer.GetProperty("expires_in").GetInt32()), Subject(Text(answer, "id_token")));
    }

    public async Task RevokeAsync(string token, CancellationToken cancellation)
    {
        using var content = new FormUrlEncodedContent(new Dictionary<string, string> { ["client_id"] = "chatgenius", ["token"] = token });
        using var response = await _http.PostAsync("connect/revoke", content, cancellation);
        await ThrowIfRefusedAsync(response, cancellation);
    }

    public void Dispose() => _http.Dispose();

    // .NET lets a socket's own failure through where a connection is reset right after it was made (it then asks for the other end's address). To whoever calls it is the same as any: the server is away.
    sealed class HttpConnections(HttpMessageHandler connections) : DelegatingHandler(connections)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (SocketException away)
            {
                throw new HttpRequestException(HttpRequestError.ConnectionError, away.Message, away);
            }
        }
    }

    // The identity token came straight from the server, so its signature has nothing to add (OpenID Connect Core 3.1.3.7, 6).
    static Guid? Subject(string? identity)
    {
        if (identity?.Split('.') is not [_, var claims, _])
            return null;
        using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(claims));
        return Guid.TryParse(Text(payload.RootElement, "sub"), out var id) ? id : null;
    }

    static async Task ThrowIfRefusedAsync(HttpResponseMessage response, CancellationToken cancellation)
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
