using System.Collections.Concurrent;
using System.Net.WebSockets;
using ChatGenius.Hosting.Multiplexing;

namespace ChatGenius.EdgeTests.Proxying;

/// <summary>The gateway's connections to a service that lets clients share them.</summary>
public sealed class SharedConnectionTests
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task ManyClients_ShareAFewConnections_AndEachHearsItsOwn()
    {
        const int clients = 60;
        var from = new ConcurrentBag<(int Port, string Id)>();
        await using var service = await SharingService.StartAsync(c => from.Add((c.RemotePort, c.Id)));
        await using var gateway = await Edges.GatewayAsync($"Services:Realtime={service.Address}");
        var sockets = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => ConnectAsync(gateway)));
        await Task.WhenAll(sockets.Select((socket, i) => Task.Run(async () =>
        {
            for (var length = 1; length < 60_000; length *= 7)
                Assert.Equal(Enumerable.Repeat((byte)i, length), await EchoAsync(socket, i, length));
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
            Assert.Equal("bye", socket.CloseStatusDescription);
            socket.Dispose();
        }))).WaitAsync(s_patience);

        Assert.Equal(clients, from.Select(f => f.Id).Distinct().Count());
        Assert.InRange(from.Select(f => f.Port).Distinct().Count(), 1, Environment.ProcessorCount);
    }

    [Fact]
    public async Task AServiceWithAnotherKey_SharesNothing_AndIsReachedByConnectionsOfItsOwn()
    {
        var from = new ConcurrentBag<int>();
        await using var service = await SharingService.StartAsync(c => from.Add(c.RemotePort), key: new string('x', 32));
        await using var gateway = await Edges.GatewayAsync($"Services:Realtime={service.Address}");
        using var one = await ConnectAsync(gateway);
        using var two = await ConnectAsync(gateway);

        Assert.Equal([5, 5], await EchoAsync(one, 5, 2));
        Assert.Equal([6], await EchoAsync(two, 6, 1));
        Assert.Equal(2, from.Distinct().Count());
    }

    [Theory]
    [InlineData("Service kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", Multiplexing.Protocol, HttpStatusCode.SwitchingProtocols)]
    [InlineData("Service kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "websocket", HttpStatusCode.UpgradeRequired)]
    [InlineData("Service kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", null, HttpStatusCode.UpgradeRequired)]
    [InlineData("Service another", Multiplexing.Protocol, HttpStatusCode.Unauthorized)]
    [InlineData(null, Multiplexing.Protocol, HttpStatusCode.Unauthorized)]
    public async Task ASharedConnection_IsForThoseWithTheKey(string? authorization, string? protocol, HttpStatusCode expected)
    {
        await using var service = await SharingService.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Multiplexing.Path);
        if (protocol is not null)
        {
            request.Headers.Upgrade.Add(new(protocol.Split('/')[0], protocol.Contains('/', StringComparison.Ordinal) ? protocol.Split('/')[1] : null));
            request.Headers.Connection.Add("Upgrade");
        }
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await service.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task ASlowClient_HoldsUpNoOther()
    {
        await using var service = await SharingService.StartAsync();
        await using var gateway = await Edges.GatewayAsync($"Services:Realtime={service.Address}");
        var slow = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ConnectAsync(gateway)));
        // Each says more than all windows and sockets between here and there and back hold, and reads nothing.
        var saying = slow.Select(socket => Task.Run(async () =>
        {
            for (var i = 0; i < 1_000; i++)
                await socket.SendAsync(new byte[50_000], WebSocketMessageType.Binary, true, CancellationToken.None);
        })).ToArray();
        using var quick = await ConnectAsync(gateway);
        for (var i = 0; i < 200; i++)
            Assert.Equal(Enumerable.Repeat((byte)i, 1_000), await EchoAsync(quick, i, 1_000));

        Assert.All(saying, s => Assert.False(s.IsCompleted));
        foreach (var socket in slow)
            socket.Dispose();
        await Task.WhenAll(saying).ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(s_patience);
    }

    [Fact]
    public async Task AServiceThatStops_WaitsForNoConnectionThatCarriesNothing()
    {
        await using var service = await SharingService.StartAsync(drain: 59);
        await using var gateway = await Edges.GatewayAsync($"Services:Realtime={service.Address}");
        using (var client = await ConnectAsync(gateway))
            await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);

        await service.StopAsync().WaitAsync(s_patience);
    }

    [Fact]
    public async Task AServiceThatStops_EndsItsConnections_AndOneThatComesBackIsConnectedToAgain()
    {
        var service = await SharingService.StartAsync(drain: 1);
        await using var gateway = await Edges.GatewayAsync($"Services:Realtime={service.Address}");
        using var before = await ConnectAsync(gateway);
        Assert.Equal([1], await EchoAsync(before, 1, 1));
        using (var stopping = new CancellationTokenSource(s_patience))
            await service.StopAsync(stopping.Token);
        await service.DisposeAsync();
        await Assert.ThrowsAsync<WebSocketException>(() => EchoAsync(before, 1, 1));

        await using var again = await SharingService.StartAsync(port: service.Address.Port);
        using var after = await ConnectAsync(gateway);
        Assert.Equal([2], await EchoAsync(after, 2, 1));
    }

    static async Task<ClientWebSocket> ConnectAsync(Running gateway)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(gateway.Address) { Scheme = "ws", Path = "/realtime" }.Uri, CancellationToken.None).WaitAsync(s_patience);
        return socket;
    }

    static async Task<byte[]> EchoAsync(ClientWebSocket socket, int what, int length)
    {
        await socket.SendAsync(Enumerable.Repeat((byte)what, length).ToArray(), WebSocketMessageType.Binary, true, CancellationToken.None).WaitAsync(s_patience);
        var (heard, read) = (new byte[length], 0);
        while (read < length)
            read += (await socket.ReceiveAsync(heard.AsMemory(read), CancellationToken.None).AsTask().WaitAsync(s_patience)).Count;
        return heard;
    }
}
