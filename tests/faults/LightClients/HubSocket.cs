using System.Buffers;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;
using ChatGenius.Contracts;
using ChatGenius.Contracts.Realtime;

namespace ChatGenius.FaultTests.LightClients;

/// <summary>A WebSocket to the hub that speaks SignalR's JSON, and nothing else: cheap enough for thousands in one process. One reader and one writer at a time.</summary>
internal sealed class HubSocket : IAsyncDisposable
{
    const byte Separator = 0x1e;
    static readonly ReadOnlyMemory<byte> s_ping = "{\"type\":6}\u001e"u8.ToArray();

    readonly ClientWebSocket _socket = new();
    readonly SocketsHttpHandler _handler;
    readonly ArrayBufferWriter<byte> _read = new(1024);
    readonly SemaphoreSlim _writing = new(1);
    int _parsed;

    HubSocket(int receiveBuffer) => _handler = new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancellation) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            if (receiveBuffer > 0)
                socket.ReceiveBufferSize = receiveBuffer;
            try
            {
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };

    /// <summary>Bytes of records that came so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Opens a connection and shakes hands.</summary>
    /// <param name="address">The public address.</param>
    /// <param name="token">An access token, sent in the header.</param>
    /// <param name="receiveBuffer">Bytes that the system takes in for a client that does not read; 0 for the system's own measure.</param>
    public static async Task<HubSocket> OpenAsync(Uri address, string token, int receiveBuffer, CancellationToken cancellation)
    {
        var hub = new HubSocket(receiveBuffer);
        try
        {
            hub._socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
            hub._socket.Options.KeepAliveInterval = TimeSpan.Zero;
            using var invoker = new HttpMessageInvoker(hub._handler, disposeHandler: false);
            await hub._socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = HubPath.Realtime }.Uri, invoker, cancellation);
            await hub.SendAsync("{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray(), cancellation);
            using var shaken = await hub.ReceiveAsync(cancellation);
            return shaken is not null && !shaken.RootElement.TryGetProperty("error", out _) ? hub : throw new WebSocketException("The handshake was refused.");
        }
        catch
        {
            await hub.DisposeAsync();
            throw;
        }
    }

    /// <summary>Calls a method of the hub; its completion comes with the same id.</summary>
    public Task InvokeAsync(string method, int id, object argument, CancellationToken cancellation)
    {
        var record = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(record))
            JsonSerializer.Serialize(writer, new { type = 1, invocationId = id.ToString(null as IFormatProvider), target = method, arguments = new[] { argument } }, ContractsJson.Options);
        record.Write([Separator]);
        return SendAsync(record.WrittenMemory, cancellation);
    }

    /// <summary>Says that it is there; a hub closes whoever has said nothing for 30 s.</summary>
    public Task PingAsync(CancellationToken cancellation) => SendAsync(s_ping, cancellation);

    /// <summary>The next record; null when the server ended the connection in order.</summary>
    /// <exception cref="WebSocketException">The connection was lost.</exception>
    public async Task<JsonDocument?> ReceiveAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var end = _read.WrittenSpan[_parsed..].IndexOf(Separator);
            if (end >= 0)
            {
                var record = JsonDocument.Parse(_read.WrittenMemory.Slice(_parsed, end).ToArray());
                _parsed += end + 1;
                if (_parsed == _read.WrittenCount)
                {
                    _read.ResetWrittenCount();
                    _parsed = 0;
                }
                return record;
            }
            var got = await _socket.ReceiveAsync(_read.GetMemory(1024), cancellation);
            if (got.MessageType == WebSocketMessageType.Close)
                return null;
            _read.Advance(got.Count);
            BytesRead += got.Count;
        }
    }

    /// <summary>Ends the connection without a word.</summary>
    public void Cut() => _socket.Abort();

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _handler.Dispose();
        return ValueTask.CompletedTask;
    }

    async Task SendAsync(ReadOnlyMemory<byte> record, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            await _socket.SendAsync(record, WebSocketMessageType.Text, endOfMessage: true, cancellation);
        }
        finally
        {
            _writing.Release();
        }
    }
}
