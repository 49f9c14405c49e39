using ChatGenius.Contracts;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Realtime;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace ChatGenius.Client;

/// <summary>A line over SignalR. Its own reconnect stays off: coming back is the client's business.</summary>
internal sealed class SignalRLine : IHubLine
{
    readonly HubConnection _hub;
    readonly TaskCompletionSource<LineEnd> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TransportWatch _transport = new();
    volatile string? _token;

    public SignalRLine(ChatClientOptions options, IHubEvents events)
    {
        var builder = new HubConnectionBuilder().WithUrl(new Uri(options.Address, HubPath.Realtime.TrimStart('/')), http =>
        {
            http.Transports = options.Transports;
            _transport.Watch(http);
            http.AccessTokenProvider = () => Task.FromResult(_token);
        });
        builder.AddJsonProtocol(json => ContractsJson.Configure(json.PayloadSerializerOptions));
        _hub = builder.Build();
        _hub.On<Delta>(nameof(IChatClient.Delta), events.Delta);
        _hub.On<IReadOnlyList<Head>>(nameof(IChatClient.Heads), events.Heads);
        _hub.On<IReadOnlyList<string>>(nameof(IChatClient.Behind), events.Behind);
        _hub.On<IReadOnlyList<string>>(nameof(IChatClient.Dropped), events.Dropped);
        _hub.On<TypingSeen>(nameof(IChatClient.Typing), events.Typing);
        _hub.On<IReadOnlyList<PresenceSeen>>(nameof(IChatClient.Presence), events.Presence);
        _hub.On<TokenExpiring>(nameof(IChatClient.Expiring), events.Expiring);
        _hub.On<ConnectionClosing>(nameof(IChatClient.Closing), events.Closing);
        _hub.Closed += failure =>
        {
            _closed.TrySetResult(LineEnds.Of(failure));
            return Task.CompletedTask;
        };
    }

    public Task<LineEnd> Closed => _closed.Task;

    public string? Transport => _transport.Name;

    public Task StartAsync(string accessToken, CancellationToken cancellation)
    {
        _token = accessToken;
        return _hub.StartAsync(cancellation);
    }

    public Task<SyncAnswer> SyncAsync(IReadOnlyList<SyncPosition> positions, CancellationToken cancellation) =>
        Said(() => _hub.InvokeAsync<SyncAnswer>(nameof(IChatHub.Sync), positions, cancellation));

    public Task UnwatchAsync(IReadOnlyList<string> feeds, CancellationToken cancellation) => Said(() => _hub.InvokeAsync(nameof(IChatHub.Unwatch), feeds, cancellation));

    public async Task<TokenRenewed> RenewAsync(string accessToken, CancellationToken cancellation)
    {
        var renewed = await Said(() => _hub.InvokeAsync<TokenRenewed>(nameof(IChatHub.Renew), accessToken, cancellation));
        // Transports that send a request for each frame use it from now on.
        _token = accessToken;
        return renewed;
    }

    public Task TypingAsync(Guid channelId, CancellationToken cancellation) => Said(() => _hub.InvokeAsync(nameof(IChatHub.Typing), channelId, cancellation));

    public Task SetPresenceAsync(string state, CancellationToken cancellation) => Said(() => _hub.InvokeAsync(nameof(IChatHub.SetPresence), state, cancellation));

    public Task WatchPresenceAsync(IReadOnlyList<Guid> userIds, CancellationToken cancellation) => Said(() => _hub.InvokeAsync(nameof(IChatHub.WatchPresence), userIds, cancellation));

    public Task ReportAsync(ConnectionQuality quality, CancellationToken cancellation) => Said(() => _hub.InvokeAsync(nameof(IChatHub.Report), quality, cancellation));

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    static Task Said(Func<Task> call) => Said(async () =>
    {
        await call();
        return true;
    });

    static async Task<T> Said<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (HubException refused)
        {
            throw ChatHubException.Parse(refused.Message);
        }
    }
}
