using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ChatGenius.Hosting.Upgrades;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace ChatGenius.EdgeTests.Proxying;

public sealed class DirectUpgradeTests
{
    const int Piece = 50_000;

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task AfterTheClientSpoke_OverlappingWrites_ArriveWhole_HoweverSlowlyItReads()
    {
        const int writers = 4, each = 100;
        var (isDirect, waits) = (false, new TaskCompletionSource());
        await using var server = await StartAsync(async connection =>
        {
            Assert.Equal(1, await connection.ReadAsync(new byte[10]));
            await Task.WhenAll(Enumerable.Range(1, writers).Select(writer => Task.Run(async () =>
            {
                for (var i = 0; i < each; i++)
                {
                    var writing = connection.WriteAsync([(byte)writer], Enumerable.Repeat((byte)writer, Piece - 1).ToArray(), CancellationToken.None);
                    if (!writing.IsCompleted)
                        waits.TrySetResult();
                    await writing;
                }
            })));
            isDirect = connection.IsDirect;
        });
        using var client = await UpgradeAsync(server);
        await client.WriteAsync(new byte[] { 1 });
        // What is written meets a socket that takes no more.
        await waits.Task.WaitAsync(s_patience);

        var counts = new int[writers + 1];
        var piece = new byte[Piece];
        for (var i = 0; i < writers * each; i++)
        {
            await client.ReadExactlyAsync(piece).AsTask().WaitAsync(s_patience);
            Assert.DoesNotContain(piece, b => b != piece[0]);
            counts[piece[0]]++;
        }
        Assert.Equal([0, .. Enumerable.Repeat(each, writers)], counts);
        Assert.Equal(0, await client.ReadAsync(piece).AsTask().WaitAsync(s_patience));
        Assert.True(isDirect);
    }

    [Fact]
    public async Task WhatIsSaidBeforeTheClientSpoke_FollowsTheAnswer_AndSoDoesAllAfterIt()
    {
        var isDirect = true;
        await using var server = await StartAsync(async connection =>
        {
            await connection.WriteAsync(new byte[] { 1, 2 });
            Assert.Equal(1, await connection.ReadAsync(new byte[10]));
            await connection.WriteAsync(new byte[] { 3 });
            isDirect = connection.IsDirect;
        });
        using var client = await UpgradeAsync(server);

        var read = new byte[2];
        await client.ReadExactlyAsync(read).AsTask().WaitAsync(s_patience);
        Assert.Equal([1, 2], read);
        await client.WriteAsync(new byte[] { 1 });
        Assert.Equal(1, await client.ReadAsync(read).AsTask().WaitAsync(s_patience));
        Assert.Equal(3, read[0]);
        Assert.Equal(0, await client.ReadAsync(read).AsTask().WaitAsync(s_patience));
        Assert.False(isDirect);
    }

    [Fact]
    public async Task AClientThatLeft_EndsTheWrite_AndAllAfterIt()
    {
        var failures = new List<Exception>();
        var ended = new TaskCompletionSource();
        await using var server = await StartAsync(async connection =>
        {
            Assert.Equal(1, await connection.ReadAsync(new byte[10]));
            for (var i = 0; i < 1000 && failures.Count < 2; i++)
                try
                {
                    await connection.WriteAsync(new byte[Piece]);
                }
                catch (Exception failure)
                {
                    failures.Add(failure);
                }
            ended.SetResult();
        });
        var client = await UpgradeAsync(server);
        await client.WriteAsync(new byte[] { 1 });
        await client.DisposeAsync();

        await ended.Task.WaitAsync(s_patience);
        Assert.Equal(2, failures.Count);
    }

    [Fact]
    public async Task AWriteThatWasGivenUpHalfWay_IsNotFollowedByAnother()
    {
        Task? given = null, next = null;
        var tried = new TaskCompletionSource();
        await using var server = await StartAsync(async connection =>
        {
            Assert.Equal(1, await connection.ReadAsync(new byte[10]));
            using var giveUp = new CancellationTokenSource();
            given = connection.WriteAsync(new byte[50_000_000], giveUp.Token).AsTask();
            await giveUp.CancelAsync();
            await Task.WhenAny(given);
            next = connection.WriteAsync(new byte[] { 1 }).AsTask();
            await Task.WhenAny(next);
            tried.SetResult();
        });
        using var client = await UpgradeAsync(server);
        await client.WriteAsync(new byte[] { 1 });
        await tried.Task.WaitAsync(s_patience);

        Assert.True(given!.IsCanceled);
        Assert.True(next!.IsCanceled);
    }

    [Fact]
    public async Task AClientThatDoesNotRead_IsLetGo()
    {
        var ended = new TaskCompletionSource();
        await using var server = await StartAsync(async connection =>
        {
            Assert.Equal(1, await connection.ReadAsync(new byte[10]));
            await Assert.ThrowsAnyAsync<Exception>(async () => await connection.WriteAsync(new byte[50_000_000]));
            ended.SetResult();
        }, TimeSpan.FromMilliseconds(200));
        using var client = await UpgradeAsync(server);
        await client.WriteAsync(new byte[] { 1 });

        await ended.Task.WaitAsync(s_patience);
    }

    [Fact]
    public async Task OverTls_TheServerEncryptsAllThatIsWritten()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var key = RSA.Create(2048);
        using var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
        UpgradedConnection? offered = null;
        await using var server = await Running.StartAsync(
            builder => builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate))),
            app =>
            {
                app.UseDirectUpgrade(s_patience).UseWebSockets();
                app.Run(async context =>
                {
                    using var socket = await context.WebSockets.AcceptWebSocketAsync();
                    offered = context.Features.Get<UpgradedConnection>();
                    var heard = await socket.ReceiveAsync(new byte[10], CancellationToken.None);
                    await socket.SendAsync(new byte[heard.Count], WebSocketMessageType.Binary, true, CancellationToken.None);
                });
            });
        using var client = new ClientWebSocket();
        client.Options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        await client.ConnectAsync(new UriBuilder(server.Address) { Scheme = "wss" }.Uri, CancellationToken.None);
        await client.SendAsync(new byte[3], WebSocketMessageType.Binary, true, CancellationToken.None);

        var answer = await client.ReceiveAsync(new byte[10], CancellationToken.None).WaitAsync(s_patience);

        Assert.Equal((3, null), (answer.Count, offered));
    }

    static Task<Running> StartAsync(Func<UpgradedConnection, Task> serve, TimeSpan? patience = null) => Running.StartAsync(
        _ => { },
        app => app.MapGet("/", async context => await serve((UpgradedConnection)await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync())).WritesDirectly(patience ?? s_patience));

    static async Task<NetworkStream> UpgradeAsync(Running server)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        var connection = new NetworkStream(socket, ownsSocket: true);
        await connection.WriteAsync("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: bytes\r\n\r\n"u8.ToArray());
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await connection.ReadExactlyAsync(one).AsTask().WaitAsync(s_patience);
            head.Append((char)one[0]);
        }
        Assert.StartsWith("HTTP/1.1 101 ", head.ToString(), StringComparison.Ordinal);
        return connection;
    }
}
