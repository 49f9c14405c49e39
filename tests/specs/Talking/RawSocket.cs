using System.Net.WebSockets;
using System.Text;

namespace ChatGenius.Specs.Talking;

/// <summary>A bare WebSocket to the hub, as a browser opens it: with nothing but an address.</summary>
public sealed class RawSocket : IAsyncDisposable
{
    readonly ClientWebSocket _socket = new();

    /// <summary>Opens a socket whose address carries this as <c>access_token</c>, and shakes hands in SignalR's JSON.</summary>
    /// <exception cref="WebSocketException">It was refused.</exception>
    public static async Task<RawSocket> OpenAsync(Uri address, string accessToken)
    {
        var socket = new RawSocket();
        try
        {
            var target = new UriBuilder(address) { Scheme = "ws", Path = "/realtime", Query = "access_token=" + Uri.EscapeDataString(accessToken) }.Uri;
            await socket._socket.ConnectAsync(target, CancellationToken.None);
            await socket.SendAsync("""{"protocol":"json","version":1}""");
            Assert.Equal("{}", await socket.ReceiveAsync());
            return socket;
        }
        catch
        {
            await socket.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends one SignalR record.</summary>
    public Task SendAsync(string record) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(record + '\u001e'), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    /// <summary>The next SignalR record; null when the server closed.</summary>
    public async Task<string?> ReceiveAsync()
    {
        using var bound = new CancellationTokenSource(Eventually.Patience);
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer, bound.Token);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            text.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
            if (part.EndOfMessage)
                return text.ToString().TrimEnd('\u001e');
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
