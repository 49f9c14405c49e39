using ChatGenius.Client;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Messages;
using ChatGenius.Contracts.Realtime;

namespace ChatGenius.ClientTests.Support;

/// <summary>A server that answers when and what the test says: every call waits until then, unless there is a rule for it.</summary>
internal sealed class FakeServer : IServerCalls
{
    public static readonly Guid Me = Guid.Parse("01920000-0000-7000-8000-000000000001");

    readonly List<(HttpMethod Method, string Path, object? Body, string? Token, TaskCompletionSource<object> Answer)> _calls = [];

    /// <summary>All calls so far, and who waits for an answer.</summary>
    public IReadOnlyList<(HttpMethod Method, string Path, object? Body, string? Token, TaskCompletionSource<object> Answer)> Calls => _calls;

    /// <summary>The posts that wait.</summary>
    public IEnumerable<(PostMessage Body, TaskCompletionSource<object> Answer)> Posts => _calls.Where(c => c.Body is PostMessage && !c.Answer.Task.IsCompleted).Select(c => ((PostMessage)c.Body!, c.Answer));

    /// <summary>All lines that were made, the newest last.</summary>
    public List<FakeLine> Lines { get; } = [];

    /// <summary>What happens to a line that is started; nothing: it opens.</summary>
    public Func<FakeLine, Task>? OnStart { get; set; }

    /// <summary>What answers syncs of lines; null lets them wait.</summary>
    public Func<IReadOnlyList<SyncPosition>, SyncAnswer>? OnSync { get; set; }

    /// <summary>Answers token requests, by grant type and number.</summary>
    public Func<string, int, Task<TokenAnswer>> OnToken { get; set; } = (_, number) => Task.FromResult(new TokenAnswer($"access-{number}", $"refresh-{number}", TimeSpan.FromMinutes(15), Me));

    /// <summary>Answers calls other than posts; null lets them wait.</summary>
    public Func<string, string?, Task<object>?>? OnCall { get; set; }

    /// <summary>The grant types that were asked for.</summary>
    public List<string> Grants { get; } = [];

    public bool Revoked { get; private set; }

    public FakeLine Line => Lines[^1];

    public IHubLine NewLine(IHubEvents events)
    {
        Lines.Add(new FakeLine(this, events));
        return Line;
    }

    public async Task<T> CallAsync<T>(HttpMethod method, string path, object? body, string? token, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls.Add((method, path, body, token, answer));
        if (OnCall?.Invoke(path, token) is { } said)
            return (T)await said;
        using var registration = cancellation.Register(() => answer.TrySetCanceled(cancellation));
        return (T)await answer.Task;
    }

    public Task<TokenAnswer> TokenAsync(IReadOnlyDictionary<string, string> form, CancellationToken cancellation)
    {
        Grants.Add(form["grant_type"]);
        return OnToken(form["grant_type"], Grants.Count);
    }

    public Task RevokeAsync(string token, CancellationToken cancellation)
    {
        Revoked = true;
        return Task.CompletedTask;
    }

    public void Dispose()
    {
    }
}

/// <summary>A line of <see cref="FakeServer"/>.</summary>
internal sealed class FakeLine(FakeServer server, IHubEvents events) : IHubLine
{
    readonly TaskCompletionSource<LineEnd> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IHubEvents Events => events;
    public string? Token { get; private set; }
    public bool Started { get; private set; }
    public bool Disposed { get; private set; }
    public List<IReadOnlyList<SyncPosition>> Syncs { get; } = [];
    public List<string> Said { get; } = [];
    public List<ConnectionQuality> Reports { get; } = [];
    public Func<Task> OnReport { get; set; } = () => Task.CompletedTask;
    public TaskCompletionSource<SyncAnswer>? Waiting { get; private set; }
    public Task<LineEnd> Closed => _closed.Task;
    public string? Transport => "webSockets";

    public void End(ConnectionCause cause = ConnectionCause.Lost)
    {
        _closed.TrySetResult(new LineEnd(cause, "the test ended it"));
        Waiting?.TrySetException(new IOException("The line is lost."));
    }

    public async Task StartAsync(string accessToken, CancellationToken cancellation)
    {
        Token = accessToken;
        if (server.OnStart is { } start)
            await start(this);
        Started = true;
    }

    public Task<SyncAnswer> SyncAsync(IReadOnlyList<SyncPosition> positions, CancellationToken cancellation)
    {
        Syncs.Add(positions);
        if (server.OnSync is { } answer)
            return Task.FromResult(answer(positions));
        Waiting = new TaskCompletionSource<SyncAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        cancellation.Register(() => Waiting.TrySetCanceled(cancellation));
        return Waiting.Task;
    }

    public Task UnwatchAsync(IReadOnlyList<string> feeds, CancellationToken cancellation) => Note("unwatch " + string.Join(' ', feeds));

    public async Task<TokenRenewed> RenewAsync(string accessToken, CancellationToken cancellation)
    {
        Token = accessToken;
        await Note("renew " + accessToken);
        return new TokenRenewed { ExpiresAt = DateTimeOffset.UnixEpoch };
    }

    public Task TypingAsync(Guid channelId, CancellationToken cancellation) => Note($"typing {channelId}");

    public Task SetPresenceAsync(string state, CancellationToken cancellation) => Note($"presence {state}");

    public Task WatchPresenceAsync(IReadOnlyList<Guid> userIds, CancellationToken cancellation) => Note("watch presence " + string.Join(' ', userIds));

    public Task ReportAsync(ConnectionQuality quality, CancellationToken cancellation)
    {
        Reports.Add(quality);
        return OnReport();
    }

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return ValueTask.CompletedTask;
    }

    Task Note(string what)
    {
        Said.Add(what);
        return Task.CompletedTask;
    }
}
