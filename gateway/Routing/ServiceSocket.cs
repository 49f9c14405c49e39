using System.Net.Sockets;

namespace ChatGenius.Gateway.Routing;

/// <summary>
/// A connection to a service over which .NET's HTTP client speaks, and which can be taken from it once the service has answered 101: from then on it carries bytes of which the client knows nothing, and
/// would hold two buffers and its own objects as long as the connection lives, a third of what a connection of the hub costs the gateway.
/// </summary>
/// <param name="socket">Connected; the stream owns it until it is taken.</param>
internal sealed class ServiceSocket(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    /// <summary>Bytes read at a time of what came with the answer's head; at least one, since an empty read would not tell what is there from nothing.</summary>
    const int Piece = 1024;

    [ThreadStatic] static Taking? t_taking;

    bool _taken;

    /// <summary>Takes the socket from the client's stream, with whatever it has read beyond the answer's head. The client then sees the connection end, and forgets it.</summary>
    /// <param name="upgraded">The content of an answer 101 to a request by <c>http</c>; an encrypted one would be taken without its encryption.</param>
    /// <returns>A stream to read from and write to; it owns the socket.</returns>
    public static async ValueTask<Stream> TakeAsync(Stream upgraded)
    {
        var taking = new Taking();
        var (piece, early) = (new byte[Piece], Array.Empty<byte>());
        while (true)
        {
            // The client gives what it holds, and then asks the connection below it, on this thread and at once: that is how it is found. Nothing here waits, so nothing is to be cancelled.
            t_taking = taking;
            ValueTask<int> reading;
            try
            {
                reading = upgraded.ReadAsync(piece, CancellationToken.None);
            }
            finally
            {
                t_taking = null;
            }
            if (await reading is not (> 0 and var read))
                break;
            early = [.. early, .. piece.AsSpan(0, read)];
        }
        return new TakenSocket(taking.Socket ?? throw new InvalidOperationException("The answer 101 does not come from a ServiceSocket."), early);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (t_taking is not { } taking)
            return base.ReadAsync(buffer, cancellationToken);
        taking.Socket = Socket;
        _taken = true;
        return ValueTask.FromResult(0);
    }

    protected override void Dispose(bool disposing)
    {
        if (!_taken)
            base.Dispose(disposing);
    }

    sealed class Taking
    {
        public Socket? Socket { get; set; }
    }

    /// <summary>What came early, then the socket.</summary>
    sealed class TakenSocket(Socket socket, ReadOnlyMemory<byte> early) : NetworkStream(socket, ownsSocket: true)
    {
        ReadOnlyMemory<byte> _early = early;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_early.IsEmpty)
                return base.ReadAsync(buffer, cancellationToken);
            var read = Math.Min(buffer.Length, _early.Length);
            _early[..read].CopyTo(buffer);
            _early = _early[read..];
            return ValueTask.FromResult(read);
        }
    }
}
