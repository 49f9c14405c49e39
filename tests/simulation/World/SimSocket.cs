using ChatGenius.Client;
using ChatGenius.Contracts;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Realtime;
using ChatGenius.Histories;
using ChatGenius.Hosting.Problems;
using ChatGenius.Realtime.Connections;
using ChatGenius.Realtime.Syncing;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatGenius.SimulationTests.World;

/// <summary>
/// A connection between a client and a realtime instance, seen from both ends: frames arrive in order or not at all, a client may stop reading, and either end may learn late that the
/// other is gone.
/// </summary>
internal sealed class SimSocket(SimWorld world, SimClient client, IHubEvents events) : IHubLine, IConnectionLine
{
    /// <summary>Frames that the wire holds for a client that does not read.</summary>
    const int Buffered = 3;

    readonly TaskCompletionSource<LineEnd> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly CancellationTokenSource _gone = new();
    readonly Queue<Action> _arriving = new();
    readonly List<TaskCompletionSource> _writers = [];
    SimRealtime? _server;
    LiveConnection? _connection;
    LinkedListNode<Action>? _serverDies;
    LinkedListNode<Action>? _clientDies;
    bool _delivering;
    bool _cut;

    public string Id { get; } = $"c{world.NextSocket()}";
    public CancellationToken Gone => _gone.Token;
    public Task<LineEnd> Closed => _closed.Task;
    public string? Transport => null;

    /// <summary>The instance that it leads to.</summary>
    public SimProcess? Server => _server?.By;

    /// <summary>True while it stands.</summary>
    public bool IsOpen => _connection is not null && !_cut;

    /// <summary>True while the client does not read.</summary>
    public bool IsStalled { get; private set; }

    public async Task StartAsync(string accessToken, CancellationToken cancellation)
    {
        await client.By.Pause(world.Network.Latency());
        var token = world.Identity.Validate(accessToken) ?? throw new ChatApiException(System.Net.HttpStatusCode.Unauthorized, "token_expired", "", null);
        _server = world.PickRealtime(client.By) ?? throw new HttpRequestException("Nobody is there.");
        if (world.Network.IsCut(client.By, _server.By))
            throw new HttpRequestException("No way there.");
        if (!_server.Sessions.Known.IsCompleted)
            throw new ChatApiException(System.Net.HttpStatusCode.ServiceUnavailable, "unavailable", "", null);
        if (_server.Sessions.HasEnded(token.Session))
            throw new ChatApiException(System.Net.HttpStatusCode.Unauthorized, "session_ended", "", null);
        _serverDies = _server.By.Mourn(Cut);
        _clientDies = client.By.Mourn(Cut);
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.By.Do(async () =>
        {
            // Between the look at the token and the open connection lies a handshake.
            await _server.By.Pause(TimeSpan.FromMilliseconds(world.Loop.Chance.Next(6) == 0 ? world.Loop.Chance.Next(1000) : world.Loop.Chance.Next(5)));
            if (_cut)
                return;
            // The end of the handshake is the first frame: whatever else the server sends, a farewell too, comes after it.
            Arrive(() =>
            {
                world.Log.Add(new ConnectionOpened(world.Ms, client.Name, client.User, token.Session, world.MsOf(token.ExpiresAt)));
                client.Opened(this);
                opened.TrySetResult();
            });
            _connection = _server.Connections.Open(this, new ConnectionOwner(token.User, token.Session, token.ExpiresAt, "webSockets"));
        });
        using var given = cancellation.Register(() => opened.TrySetCanceled(cancellation));
        using var broken = _gone.Token.Register(() => opened.TrySetException(new HttpRequestException("The connection broke.")));
        await opened.Task;
        // The caller may come to know of it after the frames that follow.
        await client.By.Pause(world.Network.Latency());
        if (_cut)
            End("cut at once");
    }

    public async Task<SyncAnswer> SyncAsync(IReadOnlyList<SyncPosition> positions, CancellationToken cancellation)
    {
        client.TellEnded();
        foreach (var position in positions)
            world.Log.Add(new ResumeBegan(world.Ms, client.Name, position.Feed));
        var ended = new HashSet<string>();
        try
        {
            var answer = await AskAsync(async () => await _server!.Syncer.SyncAsync(SyncPositions.Parse(ContractsJson.ToItem(positions), client.User), client.User, _connection, Gone), cancellation);
            foreach (var head in answer.Heads)
                End(head.Feed, answer.Deltas.Any(d => d.Feed == head.Feed && d.Reset) ? ResumeOutcome.Reset : ResumeOutcome.Continued);
            foreach (var feed in answer.Denied)
                End(feed, ResumeOutcome.Denied);
            return answer;
        }
        finally
        {
            foreach (var position in positions.Where(p => !ended.Contains(p.Feed)))
                End(position.Feed, ResumeOutcome.Failed);
        }

        void End(string feed, ResumeOutcome outcome)
        {
            ended.Add(feed);
            // Told once the client has taken what was answered, and before it asks again.
            client.Ended.Enqueue(new ResumeEnded(world.Ms, client.Name, feed, outcome));
            client.By.Do(async () =>
            {
                await client.By.Pause(TimeSpan.FromMilliseconds(1));
                client.TellEnded();
            });
        }
    }

    public async Task<TokenRenewed> RenewAsync(string accessToken, CancellationToken cancellation)
    {
        var renewed = await AskAsync(() =>
        {
            var token = world.Identity.Validate(accessToken) ?? throw new ProblemException(Contracts.Errors.ErrorCodes.TokenExpired);
            _connection!.Renewed(token.ExpiresAt);
            world.Log.Add(new ExpiryMoved(world.Ms, client.Name, world.MsOf(token.ExpiresAt)));
            return Task.FromResult(new TokenRenewed { ExpiresAt = token.ExpiresAt });
        }, cancellation);
        return renewed;
    }

    public Task UnwatchAsync(IReadOnlyList<string> feeds, CancellationToken cancellation) => Task.CompletedTask;
    public Task TypingAsync(Guid channelId, CancellationToken cancellation) => Task.CompletedTask;
    public Task SetPresenceAsync(string state, CancellationToken cancellation) => Task.CompletedTask;
    public Task WatchPresenceAsync(IReadOnlyList<Guid> userIds, CancellationToken cancellation) => Task.CompletedTask;
    public Task ReportAsync(ConnectionQuality quality, CancellationToken cancellation) => Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        if (!_cut && _connection is not null)
        {
            world.Log.Add(new ConnectionClosed(world.Ms, client.Name, CloseCause.Client));
            Cut();
        }
        return ValueTask.CompletedTask;
    }

    public async Task WriteAsync(IReadOnlyList<Outgoing> outgoing, CancellationToken cancellation)
    {
        foreach (var one in outgoing)
        {
            while (_arriving.Count >= Buffered)
            {
                var room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _writers.Add(room);
                using var gone = cancellation.Register(() => room.TrySetCanceled(cancellation));
                await room.Task;
            }
            Arrive(() => Tell((InvocationMessage)one.Message.Message!));
        }
    }

    public void RequestClose() => CloseByServer();

    public void Abort() => CloseByServer();

    /// <summary>The client stops reading, or reads on.</summary>
    public void Stall(bool stalled)
    {
        IsStalled = stalled;
        if (!stalled)
            Deliver();
    }

    /// <summary>The wire breaks: both ends learn it, each in its time.</summary>
    public void Cut()
    {
        if (_cut)
            return;
        _cut = true;
        _arriving.Clear();
        _server?.By.Forget(_serverDies);
        client.By.Forget(_clientDies);
        if (_server is { By.IsAlive: true } server)
            server.By.Do(async () =>
            {
                await server.By.Pause(TimeSpan.FromMilliseconds(world.Loop.Chance.Next(3) == 0 ? world.Loop.Chance.Next(3000) : 0));
                Leave();
            });
        if (client.By.IsAlive)
            client.By.Do(async () =>
            {
                await client.By.Pause(TimeSpan.FromMilliseconds(!world.Network.TellsOfCuts && world.Loop.Chance.Next(3) == 0 ? world.Loop.Chance.Next(2000) : 0));
                End("cut");
            });
    }

    void CloseByServer()
    {
        if (_cut)
            return;
        Leave();
        if (IsStalled)
        {
            // The client hears of it once it reads again, or when its own watch on silence ends.
            Cut();
            return;
        }
        Arrive(() =>
        {
            world.Log.Add(new ConnectionClosed(world.Ms, client.Name, CloseCause.Server, _connection?.ClosingCode));
            _cut = true;
            _server?.By.Forget(_serverDies);
            client.By.Forget(_clientDies);
            _closed.TrySetResult(new LineEnd(ConnectionCause.Lost, "closed by the server"));
        });
    }

    // The server's end is gone.
    void Leave()
    {
        if (_gone.IsCancellationRequested)
            return;
        _gone.Cancel();
        _server?.Connections.Leave(Id);
    }

    void End(string why)
    {
        if (_closed.Task.IsCompleted)
            return;
        world.Log.Add(new ConnectionClosed(world.Ms, client.Name, CloseCause.Transport, _connection?.ClosingCode));
        _closed.TrySetResult(new LineEnd(ConnectionCause.Lost, why));
    }

    async Task<T> AskAsync<T>(Func<Task<T>> body, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var given = cancellation.Register(() => answer.TrySetCanceled(cancellation));
        await client.By.Pause(world.Network.Latency());
        _server!.By.Do(async () =>
        {
            if (_cut || _connection is null)
                return;
            try
            {
                var result = await body();
                Arrive(() => answer.TrySetResult(result));
            }
            catch (ProblemException problem)
            {
                Arrive(() => answer.TrySetException(new ChatHubException(problem.Error.Code, problem.Message)));
            }
            catch (OperationCanceledException)
            {
                // The connection is gone, and with it whoever asked.
            }
        });
        _ = TellEndAsync();
        return await answer.Task;

        async Task TellEndAsync()
        {
            await _closed.Task;
            answer.TrySetException(new HttpRequestException("The connection ended."));
        }
    }

    // Frames arrive one after the other.
    void Arrive(Action frame)
    {
        if (_cut)
            return;
        _arriving.Enqueue(frame);
        Deliver();
    }

    void Deliver()
    {
        if (_delivering || IsStalled || _arriving.Count == 0)
            return;
        _delivering = true;
        client.By.Do(async () =>
        {
            while (_arriving.Count > 0 && !IsStalled)
            {
                await client.By.Pause(world.Network.Latency());
                if (IsStalled || !_arriving.TryDequeue(out var frame))
                    break;
                frame();
                var writers = _writers.ToList();
                _writers.Clear();
                foreach (var writer in writers)
                    writer.TrySetResult();
            }
            _delivering = false;
            if (_arriving.Count > 0)
                Deliver();
        });
    }

    void Tell(InvocationMessage said)
    {
        var about = said.Arguments[0];
        switch (said.Target)
        {
            case nameof(IChatClient.Delta):
                events.Delta((Delta)about!);
                break;
            case nameof(IChatClient.Heads):
                events.Heads((IReadOnlyList<Head>)about!);
                break;
            case nameof(IChatClient.Behind):
                events.Behind((IReadOnlyList<string>)about!);
                break;
            case nameof(IChatClient.Dropped):
                events.Dropped((IReadOnlyList<string>)about!);
                break;
            case nameof(IChatClient.Expiring):
                events.Expiring((TokenExpiring)about!);
                break;
            case nameof(IChatClient.Closing):
                events.Closing((ConnectionClosing)about!);
                break;
        }
    }
}
