namespace ChatGenius.Hosting.Upgrades;

/// <summary>
/// An upgraded connection: reads come from the server's stream, and writes go to what carries it, once the server has certainly sent all of its own, the answer 101 above all. That is so when the client has
/// said something: a client speaks after it has read the answer. Where something is written before, all goes through the server's stream. Reads and writes may go on at once; writes that
/// overlap follow each other, each in one piece.
/// </summary>
/// <param name="inner">The server's stream.</param>
/// <param name="carrier">What carries the connection; it stays the server's own, which closes it.</param>
/// <param name="patience">How long it may not take all of one write before the connection is ended under it.</param>
/// <param name="end">Ends the connection.</param>
/// <param name="time">The clock.</param>
public sealed class UpgradedConnection(Stream inner, ICarrier carrier, TimeSpan patience, Action end, TimeProvider time) : Stream
{
    readonly Lock _gate = new();
    volatile bool _heard;
    volatile bool _isDirect;
    bool _hasWritten;
    Task _last = Task.CompletedTask;

    /// <summary>True when what is written goes past the server.</summary>
    public bool IsDirect => _isDirect;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _heard || buffer.IsEmpty ? inner.ReadAsync(buffer, cancellationToken) : HearAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => WriteAsync(default, buffer, cancellationToken);

    /// <summary>Writes two parts as one piece. What fails, or is given up half-way, leaves the connection of no use: later writes fail as it did.</summary>
    /// <param name="head">What comes first; it is copied.</param>
    /// <param name="body">What follows; valid until the write has ended.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="System.Net.Sockets.SocketException">The connection is gone.</exception>
    /// <exception cref="IOException">It is, which shared another.</exception>
    /// <exception cref="ObjectDisposedException">It is, and was closed here, too.</exception>
    public ValueTask WriteAsync(ReadOnlySpan<byte> head, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (!_hasWritten)
                (_hasWritten, _isDirect) = (true, _heard);
            var writing = _last.IsCompletedSuccessfully ? BeginAsync(head, body, cancellation) : FollowAsync(_last, (byte[])[.. head, .. body.Span], cancellation);
            return writing.IsCompletedSuccessfully ? writing : new(_last = WaitAsync(writing));
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => _isDirect ? Task.CompletedTask : inner.FlushAsync(cancellationToken);
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    public override void Flush() => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    async ValueTask<int> HearAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        var read = await inner.ReadAsync(buffer, cancellation);
        _heard |= read > 0;
        return read;
    }

    async ValueTask FollowAsync(Task before, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await before;
        await BeginAsync(default, bytes, cancellation);
    }

    ValueTask BeginAsync(ReadOnlySpan<byte> head, ReadOnlyMemory<byte> body, CancellationToken cancellation) => _isDirect
        ? carrier.WriteAsync(head, body, cancellation)
        : Pieces.WriteAsync(inner, static (inner, piece, cancellation) => inner.WriteAsync(piece, cancellation), head, body, cancellation);

    async Task WaitAsync(ValueTask writing)
    {
        using var late = new CancellationTokenSource(patience, time);
        using var ending = late.Token.Register(end);
        await writing;
    }
}
