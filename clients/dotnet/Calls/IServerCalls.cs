namespace ChatGenius.Client;

/// <summary>The server's HTTP calls, as the client makes them. A call ends with an answer, a refusal (<see cref="ChatApiException"/>), or without either (<see cref="HttpRequestException"/>, or cancelled).</summary>
internal interface IServerCalls : IDisposable
{
    /// <param name="path">Below the public address, without a leading slash.</param>
    /// <param name="token">The access token; null for calls that need none.</param>
    Task<T> CallAsync<T>(HttpMethod method, string path, object? body, string? token, CancellationToken cancellation);

    /// <summary><c>POST connect/token</c> with a form.</summary>
    Task<TokenAnswer> TokenAsync(IReadOnlyDictionary<string, string> form, CancellationToken cancellation);

    /// <summary><c>POST connect/revoke</c>.</summary>
    Task RevokeAsync(string token, CancellationToken cancellation);
}

/// <summary>The answer of <c>connect/token</c>.</summary>
/// <param name="UserId">Whose session it is; null when the answer does not say.</param>
internal sealed record TokenAnswer(string AccessToken, string? RefreshToken, TimeSpan Lifetime, Guid? UserId);
