namespace ChatGenius.Hosting.Multiplexing;

/// <summary>
/// Many streams over one connection, so that what is said on many of them at a time leaves in one system call and arrives in one. Each stream has a window of its own: one whose reader is slow
/// holds up none of the others. What all of them have written and the connection has not taken is bounded, too; who writes then waits. Each end says something every 2.5 s, and takes the other for
/// lost when it has heard nothing for 10. Thread-safe.
/// </summary>
public sealed partial class MultiplexedConnection : IDisposable
{
    /// <summary>Bytes of one stream that may be on their way, or held, until its reader takes them.</summary>
    public const int Window = 64 * 1024;

    /// <summary>Bytes that are read at a time: a frame at least.</summary>
    const int Piece = 2 * (FrameHeader.Length + FrameHeader.MaxData);

    /// <summary>How often each end says something.</summary>
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(2.5);

    /// <summary>How long the other end may be silent.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly Stream _connection;
    readonly Action<MultiplexedStream>? _opened;
    readonly TimeProvider _time;
    readonly ILogger _logger;
    readonly Lock _gate = new();
    readonly Dictionary<uint, MultiplexedStream> _streams = [];
    readonly CancellationTokenSource _ending = new();
    readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly FrameOutput _output;
    uint _lastId;
    bool _isLeaving;
    bool _isRefused;
    bool _isOver;
    long _heard;

    /// <param name="connection">What carries all of them. It is disposed of at the end.</param>
    /// <param name="opened">Told of each stream that the other end opens; it must not wait. Null where this end opens them.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">What is logged.</param>
    public MultiplexedConnection(Stream connection, Action<MultiplexedStream>? opened, TimeProvider time, ILogger logger)
    {
        (_connection, _opened, _time, _logger) = (connection, opened, time, logger);
        _heard = time.GetTimestamp();
        _output = new FrameOutput(connection, _gate, LookWhetherDrained, End, _ending.Token);
    }

    /// <summary>Streams that are open.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _streams.Count;
        }
    }

    /// <summary>Reads what comes, until the connection is over. Never throws.</summary>
    /// <param name="cancellation">Ends it.</param>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var end = cancellation.UnsafeRegister(static connection => ((MultiplexedConnection)connection!).End(null), this);
        var watching = WatchAsync();
        try
        {
            await ReadAsync();
            End(null);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            End(failure);
        }
        await watching;
    }

    /// <summary>Opens a stream; null when the other end takes no more, or the connection is over.</summary>
    public MultiplexedStream? TryOpen()
    {
        lock (_gate)
        {
            if (_isOver || _isRefused || _lastId == uint.MaxValue)
                return null;
            var stream = new MultiplexedStream(this, ++_lastId);
            _streams.Add(stream.Id, stream);
            _output.Append(new FrameHeader(FrameKind.Open, stream.Id, 0));
            return stream;
        }
    }

    /// <summary>Takes no more streams, and ends the connection when those that are open are over and all that was said on them has been sent.</summary>
    public async Task LeaveAsync()
    {
        lock (_gate)
        {
            if (!_isLeaving && !_isOver)
                _output.Append(new FrameHeader(FrameKind.GoAway, 0, 0));
            _isLeaving = true;
            LookWhetherDrained();
        }
        await _drained.Task;
        End(null);
    }

    /// <summary>Ends it and every stream of it.</summary>
    public void Dispose() => End(null);

    /// <summary>Takes as much of a stream's bytes as there is room for.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="head">Its bytes, which are copied.</param>
    /// <param name="body">What follows them, as they do.</param>
    /// <param name="room">What to wait for when it was not all; null when it was.</param>
    /// <returns>How many were taken.</returns>
    /// <exception cref="IOException">The stream is over.</exception>
    internal int Send(MultiplexedStream stream, ReadOnlySpan<byte> head, ReadOnlySpan<byte> body, out Task? room)
    {
        lock (_gate)
        {
            if (!_streams.ContainsKey(stream.Id))
                throw new IOException("The connection is closed.");
            var (sent, all) = (0, head.Length + body.Length);
            while (sent < all && stream.Credit > 0 && !_output.IsFull)
            {
                var piece = Math.Min(Math.Min(all - sent, stream.Credit), FrameHeader.MaxData);
                var ofHead = Math.Min(piece, head.Length);
                _output.Append(new FrameHeader(FrameKind.Data, stream.Id, piece), head[..ofHead], body[..(piece - ofHead)]);
                head = head[ofHead..];
                body = body[(piece - ofHead)..];
                stream.Credit -= piece;
                sent += piece;
            }
            room = sent == all ? null : stream.Credit == 0 ? (stream.Credited ??= NewSignal()).Task : _output.Room();
            return sent;
        }
    }

    /// <summary>Says that a stream's reader has taken something.</summary>
    internal void Announce(MultiplexedStream stream, int taken)
    {
        lock (_gate)
            if (_streams.ContainsKey(stream.Id))
                _output.Append(new FrameHeader(FrameKind.Window, stream.Id, taken));
    }

    /// <summary>Ends a stream from this end.</summary>
    internal void Close(MultiplexedStream stream)
    {
        lock (_gate)
        {
            if (!_streams.ContainsKey(stream.Id))
                return;
            _output.Append(new FrameHeader(FrameKind.Close, stream.Id, 0));
            Forget(stream.Id);
        }
    }

    async Task ReadAsync()
    {
        var (piece, filled) = (new byte[Piece], 0);
        while (true)
        {
            var reading = _connection.ReadAsync(piece.AsMemory(filled), _ending.Token);
            var isThere = reading.IsCompleted;
            if (await reading is not (> 0 and var read))
                return;
            Volatile.Write(ref _heard, _time.GetTimestamp());
            filled += read;
            var taken = Take(piece.AsMemory(0, filled));
            piece.AsSpan(taken, filled - taken).CopyTo(piece);
            filled -= taken;
            // Where there is always more, others have their turn, too.
            if (isThere)
                await Task.Yield();
        }
    }

    // Whole frames; what is left of one waits for its rest.
    int Take(ReadOnlyMemory<byte> bytes)
    {
        var taken = 0;
        while (FrameHeader.TryRead(bytes.Span[taken..], out var header) && bytes.Length - taken >= FrameHeader.Length + header.Follows)
        {
            Take(header, bytes.Slice(taken + FrameHeader.Length, header.Follows));
            taken += FrameHeader.Length + header.Follows;
        }
        return taken;
    }

    void Take(FrameHeader header, ReadOnlyMemory<byte> data)
    {
        switch (header.Kind)
        {
            case FrameKind.Data:
                Find(header.Stream)?.Arrived(data);
                break;
            case FrameKind.Window:
                Credit(header.Stream, header.Value);
                break;
            case FrameKind.Open:
                Opened(header.Stream);
                break;
            case FrameKind.Close:
                MultiplexedStream? closed;
                lock (_gate)
                    closed = Forget(header.Stream);
                closed?.End();
                break;
            case FrameKind.GoAway:
                lock (_gate)
                    _isRefused = true;
                break;
        }
    }

    // One that is over here may still be spoken of by the other end.
    MultiplexedStream? Find(uint id)
    {
        lock (_gate)
            return _streams.GetValueOrDefault(id);
    }

    void Credit(uint id, int more)
    {
        TaskCompletionSource? credited;
        lock (_gate)
        {
            if (!_streams.TryGetValue(id, out var stream))
                return;
            if (more > Window - stream.Credit)
                throw new InvalidDataException("More was read than was sent.");
            stream.Credit += more;
            credited = stream.Credited;
            stream.Credited = null;
        }
        credited?.SetResult();
    }

    void Opened(uint id)
    {
        if (_opened is null || id <= _lastId)
            throw new InvalidDataException($"The other end may not open stream {id}.");
        var stream = new MultiplexedStream(this, id);
        lock (_gate)
        {
            _lastId = id;
            if (_isLeaving || _isOver)
            {
                _output.Append(new FrameHeader(FrameKind.Close, id, 0));
                return;
            }
            _streams.Add(id, stream);
        }
        _opened(stream);
    }

    // Called under the gate.
    MultiplexedStream? Forget(uint id)
    {
        if (!_streams.Remove(id, out var stream))
            return null;
        stream.Credited?.SetResult();
        stream.Credited = null;
        LookWhetherDrained();
        return stream;
    }

    // Called under the gate.
    void LookWhetherDrained()
    {
        if (_isOver || (_isLeaving && _streams.Count == 0 && _output.IsIdle))
            _drained.TrySetResult();
    }

    async Task WatchAsync()
    {
        while (true)
        {
            await Task.Delay(Interval, _time, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_ending.IsCancellationRequested)
                return;
            if (_time.GetElapsedTime(Volatile.Read(ref _heard)) > Patience)
                End(new TimeoutException($"Nothing was heard for {Patience.TotalSeconds} s."));
            lock (_gate)
            {
                if (!_output.HasSent)
                    _output.Append(new FrameHeader(FrameKind.Ping, 0, 0));
                _output.HasSent = false;
            }
        }
    }

    void End(Exception? failure)
    {
        MultiplexedStream[] streams;
        lock (_gate)
        {
            if (_isOver)
                return;
            _isOver = true;
            streams = [.. _streams.Values];
            _streams.Clear();
            _output.Close();
            LookWhetherDrained();
        }
        LogEnded(_logger, streams.Length > 0 ? LogLevel.Information : LogLevel.Debug, streams.Length, failure?.Message ?? "it was closed");
        _ending.Cancel();
        _connection.Dispose();
        foreach (var stream in streams)
        {
            stream.Credited?.SetResult();
            stream.End();
        }
    }

    // Those who wait go on elsewhere: whoever calls them holds the gate or reads for all.
    internal static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(EventId = 7001, Message = "A connection with {Streams} streams is over: {Cause}")]
    static partial void LogEnded(ILogger logger, LogLevel level, int streams, string cause);
}
