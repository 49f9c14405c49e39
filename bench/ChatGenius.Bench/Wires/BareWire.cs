using System.Net.Sockets;
using ChatGenius.Bench.Checking;

namespace ChatGenius.Bench.Wires;

/// <summary>A client of <c>bench/peers/kestrel</c>: a WebSocket that brings messages, or takes texts one at a time.</summary>
internal sealed class BareWire : WebSocketWire
{
    readonly Tally? _tally;
    TaskCompletionSource? _sent;

    BareWire(Socket socket, Tally? tally) : base(socket) => _tally = tally;

    public static async Task<BareWire> OpenAsync(Uri address, string path, Tally? tally, int receiveBuffer = 0)
    {
        var wire = new BareWire(await ConnectAsync(address, receiveBuffer), tally);
        try
        {
            await wire.UpgradeAsync(address, path);
            return wire;
        }
        catch
        {
            await wire.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a text and waits until it is stored.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> text)
    {
        var sent = _sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Send(text.Span);
        await Task.WhenAny(sent.Task, Over);
        if (!sent.Task.IsCompleted)
            throw new IOException("The connection ended.", Loss);
    }

    protected override void Had(ReadOnlySpan<byte> message)
    {
        if (Marker.TryTake(ref message, out var marker))
            _tally?.Had(marker);
        else
            _sent?.TrySetResult();
    }
}
