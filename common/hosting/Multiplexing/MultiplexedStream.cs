using System.Threading.Tasks.Sources;
using ChatGenius.Hosting.Upgrades;

namespace ChatGenius.Hosting.Multiplexing;

/// <summary>
/// One of the streams that share a connection. It holds at most <see cref="MultiplexedConnection.Window"/> bytes that nobody has read, and nothing while there are none: the other end sends no more until they
/// are read, and the streams beside it never wait for it. One reader and one writer may be at it at once. A read of no bytes waits until there is something. When the stream, or the connection, is over,
/// reads give what came before and then nothing, and writes fail with <see cref="IOException"/>. Disposing of it ends it in both directions; what was written before arrives.
/// </summary>
public sealed class MultiplexedStream : Stream, ICarrier, IValueTaskSource<int>
{
    readonly MultiplexedConnection _connection;
    readonly Lock _gate = new();
    ManualResetValueTaskSourceCore<int> _arrived = new() { RunContinuationsAsynchronously = true };
    CancellationTokenSource? _gone;
    CancellationTokenRegistration _givesUp;
    CancellationToken _patience;
    Memory<byte> _wanted;
    ReadOnlyMemory<byte> _lent;
    HeldBytes _held;
    int _taken;
    bool _isWaiting;
    bool _isCalled;
    bool _isOver;
    bool _isInline;

    internal MultiplexedStream(MultiplexedConnection connection, uint id) => (_connection, Id) = (connection, id);

    /// <summary>Its number in the connection.</summary>
    public uint Id { get; }

    /// <summary>
    /// Whether a reader goes on at once, where the connection is read, and not on the thread pool. Only for a reader that computes little and blocks never, since all streams of the connection are behind it.
    /// Default: false.
    /// </summary>
    public bool GoesOnInline
    {
        get => _isInline;
        set => _arrived.RunContinuationsAsynchronously = !(_isInline = value);
    }

    /// <summary>Cancelled, on the thread pool, when the stream is over.</summary>
    public CancellationToken Gone
    {
        get
        {
            lock (_gate)
                return _isOver ? new CancellationToken(canceled: true) : (_gone ??= new()).Token;
        }
    }

    /// <summary>How many bytes may be sent; guarded by the connection's gate.</summary>
    internal int Credit { get; set; } = MultiplexedConnection.Window;

    /// <summary>Whom to call when there is more of it; guarded by the connection's gate.</summary>
    internal TaskCompletionSource? Credited { get; set; }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int read, taken;
        lock (_gate)
        {
            if (_isWaiting)
                throw new InvalidOperationException("Another read of this stream goes on.");
            if (_held.Length == 0 && _lent.IsEmpty && !_isOver)
            {
                _isWaiting = true;
                (_wanted, _patience) = (buffer, cancellationToken);
                _arrived.Reset();
                var waiting = new ValueTask<int>(this, _arrived.Version);
                // Cancelled this moment, it calls back here, on this thread, which may hold the gate twice.
                _givesUp = cancellationToken.UnsafeRegister(static stream => ((MultiplexedStream)stream!).GiveUp(), this);
                return waiting;
            }
            (read, taken) = Take(buffer.Span);
        }
        Announce(taken);
        return ValueTask.FromResult(read);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => WriteAsync(default, buffer, cancellationToken);

    /// <inheritdoc/>
    public ValueTask WriteAsync(ReadOnlySpan<byte> head, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var sent = _connection.Send(this, head, body.Span, out var room);
        return room is null ? default : WriteRestAsync(sent < head.Length ? (byte[])[.. head[sent..], .. body.Span] : body[(sent - head.Length)..], room, cancellation);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    int IValueTaskSource<int>.GetResult(short token)
    {
        int read, taken;
        lock (_gate)
        {
            var wanted = _wanted;
            _givesUp.Unregister();
            (_wanted, _givesUp, _patience, _isWaiting, _isCalled) = (default, default, default, false, false);
            _arrived.GetResult(token);
            (read, taken) = Take(wanted.Span);
        }
        Announce(taken);
        return read;
    }

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _arrived.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => _arrived.OnCompleted(continuation, state, token, flags);

    /// <summary>Takes in what the other end sent.</summary>
    /// <param name="bytes">Valid until this returns.</param>
    /// <exception cref="InvalidDataException">That is more than it may send.</exception>
    internal void Arrived(ReadOnlyMemory<byte> bytes)
    {
        bool isAwaited;
        lock (_gate)
        {
            if (_isOver)
                return;
            if (_held.Length + bytes.Length > MultiplexedConnection.Window)
                throw new InvalidDataException("A stream has more bytes than its window.");
            isAwaited = Awaited();
            // A reader that goes on here takes it from where it was read; nothing is held then.
            if (isAwaited && _isInline)
                _lent = bytes;
            else
                _held.Add(bytes.Span);
        }
        if (!isAwaited)
            return;
        _arrived.SetResult(0);
        lock (_gate)
        {
            _held.Add(_lent.Span);
            _lent = default;
        }
    }

    /// <summary>Says that nothing more comes, from this end or the other.</summary>
    internal void End()
    {
        bool isAwaited;
        CancellationTokenSource? gone;
        lock (_gate)
        {
            if (_isOver)
                return;
            _isOver = true;
            isAwaited = Awaited();
            gone = _gone;
        }
        if (isAwaited)
            _arrived.SetResult(0);
        // What hangs on it is not for the reader of the connection to do.
        if (gone is not null)
            ThreadPool.UnsafeQueueUserWorkItem(static gone => gone.Cancel(), gone, preferLocal: false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _connection.Close(this);
            End();
            lock (_gate)
                _held.Clear();
        }
        base.Dispose(disposing);
    }

    async ValueTask WriteRestAsync(ReadOnlyMemory<byte> rest, Task room, CancellationToken cancellation)
    {
        for (Task? awaited = room; awaited is not null;)
        {
            await awaited.WaitAsync(cancellation);
            rest = rest[_connection.Send(this, default, rest.Span, out awaited)..];
        }
    }

    void GiveUp()
    {
        lock (_gate)
        {
            // It may have come too late, when another read waits.
            if (!_patience.IsCancellationRequested || !Awaited())
                return;
        }
        _arrived.SetException(new OperationCanceledException(_patience));
    }

    // Whether a reader waits, who is then called by whoever asks, and by nobody else.
    bool Awaited()
    {
        if (!_isWaiting || _isCalled)
            return false;
        return _isCalled = true;
    }

    // What was read, and what is to be announced to the other end: a window at a time would have it wait, each read by itself would cost a frame.
    (int Read, int Taken) Take(Span<byte> into)
    {
        int read;
        if (_lent.IsEmpty)
        {
            read = _held.Take(into);
        }
        else
        {
            read = Math.Min(into.Length, _lent.Length);
            _lent.Span[..read].CopyTo(into);
            _lent = _lent[read..];
        }
        _taken += read;
        if (_isOver || _taken < MultiplexedConnection.Window / 2)
            return (read, 0);
        var taken = _taken;
        _taken = 0;
        return (read, taken);
    }

    void Announce(int taken)
    {
        if (taken > 0)
            _connection.Announce(this, taken);
    }
}
