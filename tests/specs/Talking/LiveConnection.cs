using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace ChatGenius.Specs.Talking;

/// <summary>A connection to the hub by the stock client, which keeps everything that it was told.</summary>
public sealed class LiveConnection : IAsyncDisposable
{
    readonly HubConnection _hub;
    readonly ConcurrentDictionary<string, ConcurrentQueue<JsonElement>> _told = new();
    readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    LiveConnection(HubConnection hub)
    {
        _hub = hub;
        foreach (var told in (string[])["Delta", "Heads", "Behind", "Dropped", "Typing", "Presence", "Expiring", "Closing"])
            hub.On<JsonElement>(told, said => Told(told).Enqueue(said));
        hub.Closed += _ =>
        {
            _closed.TrySetResult();
            return Task.CompletedTask;
        };
    }

    public bool IsOpen => _hub.State == HubConnectionState.Connected;

    /// <summary>Everything told by one event so far, in order.</summary>
    public ConcurrentQueue<JsonElement> Told(string name) => _told.GetOrAdd(name, _ => new ConcurrentQueue<JsonElement>());

    /// <summary>The deltas of a feed so far, in order of arrival.</summary>
    public JsonElement[] Deltas(string feed) => [.. Told("Delta").Where(delta => delta.Text("feed") == feed)];

    /// <summary>Opens a connection with the person's access token in the header.</summary>
    public static Task<LiveConnection> OpenAsync(Person person, HttpTransportType transport = HttpTransportType.WebSockets) =>
        OpenAsync(person.Chat.Address, transport, () => Task.FromResult<string?>(person.AccessToken));

    /// <summary>Opens a connection with what <paramref name="token"/> gives: an access token or a ticket.</summary>
    public static async Task<LiveConnection> OpenAsync(Uri address, HttpTransportType transport, Func<Task<string?>> token)
    {
        var hub = new HubConnectionBuilder().WithUrl(new Uri(address, "/realtime"), transport, options => options.AccessTokenProvider = token).Build();
        var connection = new LiveConnection(hub);
        try
        {
            await hub.StartAsync();
            return connection;
        }
        catch
        {
            await hub.DisposeAsync();
            throw;
        }
    }

    public Task<JsonElement> SyncAsync(params object[] positions) => _hub.InvokeAsync<JsonElement>("Sync", positions);

    public Task<JsonElement> CallAsync(string method, params object?[] arguments) => _hub.InvokeCoreAsync<JsonElement>(method, arguments);

    /// <summary>Calls what answers nothing.</summary>
    public Task SayAsync(string method, params object?[] arguments) => _hub.InvokeCoreAsync(method, arguments);

    /// <summary>Waits until something was told that satisfies the condition.</summary>
    public async Task<JsonElement> HearAsync(string name, Func<JsonElement, bool>? condition = null, TimeSpan? within = null)
    {
        condition ??= _ => true;
        await Eventually.True(() => Told(name).Any(condition), within, $"{name} is heard");
        return Told(name).First(condition);
    }

    /// <summary>Waits until the connection is closed.</summary>
    public Task ClosedAsync(TimeSpan within) => _closed.Task.WaitAsync(within);

    public async ValueTask DisposeAsync() => await _hub.DisposeAsync();
}
