using ChatGenius.Hosting.Multiplexing;

namespace ChatGenius.Gateway.Routing;

/// <summary>
/// A connection to a service over which .NET's HTTP client speaks, and which can be taken from it once the service has answered 101: from then on it carries bytes of which the client knows nothing, and
/// would hold two buffers and its own objects as long as the connection lives, a third of what a connection of the hub costs the gateway.
/// </summary>
/// <param name="carrier">A socket's stream, or one of a shared connection; it is owned until it is taken.</param>
internal class ServiceStream(Stream carrier) : Stream
{
    /// <summary>Bytes read at a time of what came with the answer's head; at least one, since an empty read would not tell what is there from nothing.</summary>
    const int Piece = 1024;

    [ThreadStatic] static Taking? t_taking;

    bool _taken;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Takes the carrier from the client's stream, with whatever it has read beyond the answer's head. The client then sees the connection end, and forgets it.</summary>
    /// <param name="upgraded">The content of an answer 101 to a request by <c>http</c>; an encrypted one would be taken without its encryption.</param>
    /// <returns>A stream to read from and write to; it owns the carrier.</returns>
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
        var carrier = taking.Carrier ?? throw new InvalidOperationException("The answer 101 does not come from a ServiceStream.");
        // From here on a reader hands on to a client what it reads, and does nothing else.
        if (carrier is MultiplexedStream shared)
            shared.GoesOnInline = true;
        return early.Length == 0 ? carrier : new TakenStream(carrier, early);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (t_taking is not { } taking)
            return carrier.ReadAsync(buffer, cancellationToken);
        taking.Carrier = carrier;
        _taken = true;
        return ValueTask.FromResult(0);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => carrier.WriteAsync(buffer, cancellationToken);
    public override Task FlushAsync(CancellationToken cancellationToken) => carrier.FlushAsync(cancellationToken);
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override void Flush() => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_taken)
            carrier.Dispose();
        base.Dispose(disposing);
    }

    sealed class Taking
    {
        public Stream? Carrier { get; set; }
    }

    /// <summary>What came early, then the carrier.</summary>
    sealed class TakenStream(Stream carrier, ReadOnlyMemory<byte> early) : ServiceStream(carrier)
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
