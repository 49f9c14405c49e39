using System.Net;
using System.Net.Sockets;
using ChatGenius.FaultTests.LightClients;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatGenius.FaultTests.Stalls;

/// <summary>A hub as SignalR's documentation would have it: all readers in one group, sent to by the stock manager, or by the one over Redis. Buffers are small, so that a stall shows soon.</summary>
internal sealed class StockServer : IAsyncDisposable
{
    const int SmallBuffer = 8192;

    readonly WebApplication _application;

    StockServer(WebApplication application) => _application = application;

    public Uri Address => new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <param name="redis">Where the manager over Redis finds it; null for the default manager.</param>
    public static async Task<StockServer> StartAsync(string? redis)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").UseSockets(sockets =>
        {
            sockets.MaxWriteBufferSize = SmallBuffer;
            sockets.CreateBoundListenSocket = endpoint =>
            {
                // Accepted sockets take the size over from the one that listens.
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { SendBufferSize = SmallBuffer };
                socket.Bind(new IPEndPoint(IPAddress.Loopback, ((IPEndPoint)endpoint).Port));
                return socket;
            };
        });
        var signalR = builder.Services.AddSignalR();
        if (redis is not null)
            signalR.AddStackExchangeRedis(redis);
        var application = builder.Build();
        application.MapHub<Room>(Contracts.Realtime.HubPath.Realtime, transport => transport.TransportMaxBufferSize = SmallBuffer);
        await application.StartAsync();
        return new StockServer(application);
    }

    /// <summary>Sends to the group; completes when the manager says so.</summary>
    public Task SayAsync(string text) => _application.Services.GetRequiredService<IHubContext<Room>>().Clients.Group(Room.Group).SendAsync("Said", text);

    /// <summary>A reader who tells of each text until the server is gone. It is in the group when this ends: a client takes itself for connected before the hub has asked Redis for what is said to the group.</summary>
    public async Task<HubSocket> ReadAsync(Action<string?> said)
    {
        var socket = await HubSocket.OpenAsync(Address, "none", 0, CancellationToken.None);
        var joined = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = GoOnAsync();
        await joined.Task.WaitAsync(TimeSpan.FromSeconds(30));
        return socket;

        async Task GoOnAsync()
        {
            try
            {
                while (await socket.ReceiveAsync(CancellationToken.None) is { } record)
                    using (record)
                        if (record.RootElement.TryGetProperty("target", out var target))
                            if (target.GetString() == Room.Joined)
                                joined.TrySetResult();
                            else
                                said(record.RootElement.GetProperty("arguments")[0].GetString());
            }
            catch (Exception over) when (over is System.Net.WebSockets.WebSocketException or IOException or ObjectDisposedException)
            {
                // The server is gone.
            }
        }
    }

    /// <summary>A reader who never reads.</summary>
    public Task<HubSocket> StallAsync() => HubSocket.OpenAsync(Address, "none", 4096, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _application.StopAsync(patience.Token);
        await _application.DisposeAsync();
    }

    internal sealed class Room : Hub
    {
        public const string Group = "room", Joined = "Joined";

        public override async Task OnConnectedAsync()
        {
            await Groups.AddToGroupAsync(Context.ConnectionId, Group);
            await Clients.Caller.SendAsync(Joined);
        }
    }
}
