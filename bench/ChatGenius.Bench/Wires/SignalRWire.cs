using System.Net.Sockets;

namespace ChatGenius.Bench.Wires;

/// <summary>SignalR's JSON on a WebSocket: records that end with a separator, and pings, since a hub closes whoever says nothing for 30 s.</summary>
internal abstract class SignalRWire : WebSocketWire
{
    static readonly TimeSpan s_ping = TimeSpan.FromSeconds(15);
    readonly Timer _pings;

    protected SignalRWire(Socket socket) : base(socket) => _pings = new Timer(_ => Ping(), null, s_ping, s_ping);

    public override async ValueTask DisposeAsync()
    {
        await _pings.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>A record came, without its separator.</summary>
    protected abstract void HadRecord(ReadOnlySpan<byte> record);

    /// <summary>Connects to a hub and asks for its protocol; the answer is an empty record.</summary>
    protected async Task ShakeAsync(Uri address, string path, string headers = "")
    {
        await UpgradeAsync(address, path, headers);
        Send("{\"protocol\":\"json\",\"version\":1}\u001e"u8);
    }

    protected sealed override void Had(ReadOnlySpan<byte> message)
    {
        while (message.IndexOf((byte)0x1e) is var end && end >= 0)
        {
            HadRecord(message[..end]);
            message = message[(end + 1)..];
        }
    }

    void Ping()
    {
        try
        {
            Send("{\"type\":6}\u001e"u8);
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            _pings.Dispose();
        }
    }
}
