using System.Buffers;
using System.Net.WebSockets;
using ChatGenius.Hosting.Upgrades;
using ChatGenius.Realtime.Connections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChatGenius.FeedsTests.Connections;

/// <summary>Frames as a WebSocket client reads them.</summary>
public sealed class FrameWriterTests
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    // Where the length of a frame takes more bytes to say, on both sides.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(300_000)]
    public async Task EachWrite_IsOneMessage_OfTheProtocolsKind(int length)
    {
        var said = Enumerable.Range(0, length).Select(i => (byte)('a' + (i % 26))).ToArray();
        await using var served = await ServeAsync(async (writer, format, _) =>
        {
            await writer.WriteAsync(said);
            format.ActiveFormat = TransferFormat.Binary;
            await writer.WriteAsync(said);
            writer.Write(said);
            writer.Write("and more"u8);
            await writer.FlushAsync();
        });
        using var client = await ConnectAsync(served);

        (WebSocketMessageType Kind, byte[] Said)[] expected = [(WebSocketMessageType.Text, said), (WebSocketMessageType.Binary, said), (WebSocketMessageType.Binary, [.. said, .. "and more"u8])];
        foreach (var frame in expected)
        {
            var (kind, heard) = await ReadAsync(client);
            Assert.Equal(frame.Kind, kind);
            Assert.Equal(frame.Said, heard);
        }
    }

    [Fact]
    public async Task WhatTheTransportWritesMeanwhile_IsBetweenFrames()
    {
        const int each = 300;
        var (ours, theirs) = (Enumerable.Repeat((byte)'o', 20_000).ToArray(), Enumerable.Repeat((byte)'t', 3_000).ToArray());
        await using var served = await ServeAsync(async (writer, _, socket) => await Task.WhenAll(
            Task.Run(async () =>
            {
                for (var i = 0; i < each; i++)
                    await writer.WriteAsync(ours);
            }),
            Task.Run(async () =>
            {
                for (var i = 0; i < each; i++)
                    await socket.SendAsync(theirs, WebSocketMessageType.Text, true, CancellationToken.None);
            })));
        using var client = await ConnectAsync(served);

        var counts = (Ours: 0, Theirs: 0);
        for (var i = 0; i < 2 * each; i++)
        {
            var (_, said) = await ReadAsync(client);
            counts = said.AsSpan().SequenceEqual(ours) ? (counts.Ours + 1, counts.Theirs) : (counts.Ours, counts.Theirs + 1);
            Assert.Equal(said[0] == 'o' ? ours : theirs, said);
        }
        Assert.Equal((each, each), counts);
    }

    [Fact]
    public async Task WhoIsGone_IsNoFailure_AndIsSaidAsOfAPipe()
    {
        var ended = new TaskCompletionSource();
        await using var served = await ServeAsync(async (writer, _, _) =>
        {
            try
            {
                while (!(await writer.WriteAsync(new byte[10_000])).IsCompleted)
                    await Task.Yield();
                ended.SetResult();
            }
            catch (Exception failure)
            {
                ended.SetException(failure);
            }
        });
        using var client = await ConnectAsync(served);
        await ReadAsync(client);

        client.Abort();

        await ended.Task.WaitAsync(s_patience);
    }

    static async Task<WebApplication> ServeAsync(Func<FrameWriter, ITransferFormatFeature, WebSocket, Task> serve)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.UseDirectUpgrade(s_patience).UseWebSockets();
        app.Run(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var connection = context.Features.GetRequiredFeature<UpgradedConnection>();
            await socket.ReceiveAsync(new byte[10], CancellationToken.None);
            var format = new Format();
            await serve(new FrameWriter(new System.IO.Pipelines.Pipe().Writer, connection, format), format, socket);
            Assert.True(connection.IsDirect);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        });
        await app.StartAsync();
        return app;
    }

    static async Task<ClientWebSocket> ConnectAsync(WebApplication app)
    {
        var client = new ClientWebSocket();
        await client.ConnectAsync(new UriBuilder(app.Urls.Single()) { Scheme = "ws" }.Uri, CancellationToken.None);
        await client.SendAsync(new byte[1], WebSocketMessageType.Binary, true, CancellationToken.None);
        return client;
    }

    static async Task<(WebSocketMessageType Kind, byte[] Said)> ReadAsync(ClientWebSocket client)
    {
        var (buffer, length) = (new byte[400_000], 0);
        while (true)
        {
            var part = await client.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None).AsTask().WaitAsync(s_patience);
            length += part.Count;
            if (part.EndOfMessage)
                return (part.MessageType, buffer[..length]);
        }
    }

    sealed class Format : ITransferFormatFeature
    {
        public TransferFormat SupportedFormats => TransferFormat.Text | TransferFormat.Binary;
        public TransferFormat ActiveFormat { get; set; } = TransferFormat.Text;
    }
}
