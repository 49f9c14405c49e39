using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ChatGenius.TestSupport.Network;
using ChatGenius.TestSupport.Processes;
using ChatGenius.TestSupport.Waiting;
using Xunit;

namespace ChatGenius.FaultTests.Network;

public sealed class FaultProxyTests : IAsyncLifetime
{
    readonly EchoServer _server = new();
    readonly FaultProxy _proxy;

    public FaultProxyTests() => _proxy = new FaultProxy("test", "server", new DnsEndPoint("127.0.0.1", _server.Port)).Start();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _server.Dispose();
    }

    [Fact]
    public async Task Link_WithoutFault_PassesEverything()
    {
        using var client = await ConnectAsync();
        var much = new byte[300_000];
        new Random(1).NextBytes(much);
        var sending = client.SendAsync(much);
        Assert.Equal(much, await ReadAsync(client, much.Length));
        Assert.Equal(much.Length, await sending);
        client.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await client.ReceiveAsync(new byte[1]));
        await Eventually.True(() => _proxy.Open == 0);
    }

    [Fact]
    public async Task Latency_HoldsEachPieceBack()
    {
        using var client = await ConnectAsync();
        _proxy.Quality = new LinkQuality(Latency: TimeSpan.FromMilliseconds(60), Jitter: TimeSpan.FromMilliseconds(5));
        var clock = Stopwatch.StartNew();
        await EchoAsync(client, 1);
        Assert.True(clock.Elapsed > TimeSpan.FromMilliseconds(115), $"There and back took {clock.Elapsed}.");
    }

    [Fact]
    public async Task Bandwidth_BoundsTheRate()
    {
        using var client = await ConnectAsync();
        _proxy.Quality = new LinkQuality(BytesPerSecond: 100_000);
        var clock = Stopwatch.StartNew();
        await EchoAsync(client, 20_000);
        Assert.True(clock.Elapsed > TimeSpan.FromMilliseconds(190), $"20 kB took {clock.Elapsed}.");
    }

    [Theory]
    [InlineData(Direction.ToServer)]
    [InlineData(Direction.ToClient)]
    public async Task Hold_KeepsBytesUntilHealedAndLosesNone(Direction direction)
    {
        using var client = await ConnectAsync();
        await EchoAsync(client, 1);
        _proxy.Hold(direction);
        await client.SendAsync(new byte[] { 7, 8, 9 });
        await SilentAsync(client);
        _proxy.Heal();
        Assert.Equal([7, 8, 9], await ReadAsync(client, 3));
    }

    [Fact]
    public async Task Mute_AcceptsAndAnswersNothing_AndIsResetWhenHealed()
    {
        using var before = await ConnectAsync();
        await EchoAsync(before, 1);
        _proxy.Mute();
        using var during = await ConnectAsync();
        foreach (var client in (Socket[])[before, during])
        {
            await client.SendAsync(new byte[1]);
            await SilentAsync(client);
        }
        _proxy.Heal();
        await Assert.ThrowsAsync<SocketException>(() => before.ReceiveAsync(new byte[1]));
        await Assert.ThrowsAsync<SocketException>(() => during.ReceiveAsync(new byte[1]));
        using var after = await ConnectAsync();
        await EchoAsync(after, 1);
    }

    [Fact]
    public async Task Reset_EndsConnectionsAndTakesNewOnes()
    {
        using var client = await ConnectAsync();
        await EchoAsync(client, 1);
        _proxy.Reset();
        Assert.Equal(SocketError.ConnectionReset, (await Assert.ThrowsAsync<SocketException>(() => client.ReceiveAsync(new byte[1]))).SocketErrorCode);
        using var next = await ConnectAsync();
        await EchoAsync(next, 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task CutAfter_PassesSoManyBytesAndResets(int bytes)
    {
        using var client = await ConnectAsync();
        await EchoAsync(client, 10);
        _proxy.CutAfter(Direction.ToClient, bytes);
        await client.SendAsync(new byte[2000]);
        Assert.Equal(bytes, (await ReadAsync(client, bytes)).Length);
        await Assert.ThrowsAsync<SocketException>(() => client.ReceiveAsync(new byte[1]));
        _proxy.Heal();
        using var next = await ConnectAsync();
        await EchoAsync(next, 2000);
    }

    [Fact]
    public async Task Refuse_RefusesUntilHealed()
    {
        using var client = await ConnectAsync();
        await EchoAsync(client, 1);
        _proxy.Refuse();
        Assert.Equal(SocketError.ConnectionRefused, (await Assert.ThrowsAsync<SocketException>(ConnectAsync)).SocketErrorCode);
        await Assert.ThrowsAsync<SocketException>(() => client.ReceiveAsync(new byte[1]));
        _proxy.Heal();
        using var next = await ConnectAsync();
        await EchoAsync(next, 1);
    }

    [Fact]
    public async Task Target_MayBeChanged()
    {
        _proxy.Target = new DnsEndPoint("127.0.0.1", FreePort.Next());
        // The proxy has taken it and ends it at once: that may be seen while it is still being opened.
        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            using var nowhere = await ConnectAsync();
            await nowhere.ReceiveAsync(new byte[1]);
        });
        using var other = new EchoServer();
        _proxy.Target = new DnsEndPoint("127.0.0.1", other.Port);
        using var client = await ConnectAsync();
        await EchoAsync(client, 1);
    }

    async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, _proxy.Port);
        return socket;
    }

    static async Task EchoAsync(Socket client, int count)
    {
        await client.SendAsync(new byte[count]);
        await ReadAsync(client, count);
    }

    static async Task<byte[]> ReadAsync(Socket client, int count)
    {
        using var bound = new CancellationTokenSource(Eventually.Patience);
        var read = new byte[count];
        for (var at = 0; at < count;)
        {
            var got = await client.ReceiveAsync(read.AsMemory(at), bound.Token);
            Assert.NotEqual(0, got);
            at += got;
        }
        return read;
    }

    // Nothing can be waited for where nothing is to come: a moment has to do.
    static async Task SilentAsync(Socket client)
    {
        await Task.Delay(100);
        Assert.Equal(0, client.Available);
    }
}
