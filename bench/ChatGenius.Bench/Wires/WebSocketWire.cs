using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChatGenius.Bench.Wires;

/// <summary>
/// A WebSocket of a client, as cheap as one can be, so that one process holds thousands and leaves the machine to the servers. Whole messages are given to <see cref="Had"/> as they come.
/// </summary>
internal abstract class WebSocketWire : IAsyncDisposable
{
    const int FirstBuffer = 2048;
    readonly Socket _socket;
    readonly Lock _sending = new();
    readonly ArrayBufferWriter<byte> _parts = new();
    byte[] _buffer = new byte[FirstBuffer];
    int _filled;
    volatile TaskCompletionSource? _stall;
    volatile bool _closing;

    protected WebSocketWire(Socket socket) => _socket = socket;

    /// <summary>True when the connection ended although nobody here ended it.</summary>
    public bool WasLost { get; private set; }

    /// <summary>Bytes that came.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Messages that came, of whatever is in them.</summary>
    public long FramesRead { get; private set; }

    /// <summary>Why, where that is known.</summary>
    public Exception? Loss { get; private set; }

    /// <summary>Ends when the connection did.</summary>
    public Task Over { get; private set; } = Task.CompletedTask;

    /// <summary>Connects a socket, without a delay for small sends.</summary>
    /// <param name="receiveBuffer">Bytes that the system takes in for one that does not read; 0 for the system's own measure.</param>
    public static async Task<Socket> ConnectAsync(Uri address, int receiveBuffer = 0)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (receiveBuffer > 0)
                socket.ReceiveBufferSize = receiveBuffer;
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, address.Port));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Stops reading, without closing.</summary>
    public void Stall() => _stall ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends the connection without a word.</summary>
    public void Cut()
    {
        _closing = true;
        Interlocked.Exchange(ref _stall, null)?.TrySetResult();
        try
        {
            // Reset, so that no port waits for what may come yet.
            _socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception gone) when (gone is ObjectDisposedException or SocketException)
        {
            // The server was faster.
        }
        _socket.Dispose();
    }

    public virtual async ValueTask DisposeAsync()
    {
        Cut();
        await Over;
    }

    /// <summary>Asks for the upgrade, then reads until the end.</summary>
    protected async Task UpgradeAsync(Uri address, string pathAndQuery, string headers = "")
    {
        var request = $"GET {pathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{headers}\r\n";
        await _socket.SendAsync(Encoding.ASCII.GetBytes(request));
        int end;
        while ((end = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0)
            await FillAsync();
        var answer = Encoding.ASCII.GetString(_buffer, 0, end);
        if (!answer.StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
            throw new IOException($"The upgrade was refused: {answer.Split('\r')[0]}");
        Drop(end + 4);
        Over = ReadAsync();
    }

    /// <summary>A whole message came. Runs on the reading loop: it returns soon.</summary>
    protected abstract void Had(ReadOnlySpan<byte> message);

    /// <summary>Sends a text message.</summary>
    protected void Send(ReadOnlySpan<byte> text) => Send(0x81, text);

    async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                while (TryTakeFrame()) { }
                if (_stall is { } stalled)
                    await stalled.Task;
                await FillAsync();
            }
        }
        catch (Exception over) when (over is SocketException or IOException or ObjectDisposedException)
        {
            (WasLost, Loss) = (!_closing, over);
            _socket.Dispose();
        }
    }

    async ValueTask FillAsync()
    {
        if (_filled == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var got = await _socket.ReceiveAsync(_buffer.AsMemory(_filled));
        _filled += got > 0 ? got : throw new IOException("The server closed the connection.");
        BytesRead += got;
    }

    bool TryTakeFrame()
    {
        var frame = _buffer.AsSpan(0, _filled);
        if (frame.Length < 2)
            return false;
        int head = 2, length = frame[1] & 0x7f;
        if (length == 126)
        {
            if (frame.Length < 4)
                return false;
            (head, length) = (4, BinaryPrimitives.ReadUInt16BigEndian(frame[2..]));
        }
        else if (length == 127)
        {
            if (frame.Length < 10)
                return false;
            (head, length) = (10, checked((int)BinaryPrimitives.ReadUInt64BigEndian(frame[2..])));
        }
        if (frame.Length < head + length)
            return false;
        Take(frame[0], frame.Slice(head, length));
        Drop(head + length);
        return true;
    }

    void Take(byte first, ReadOnlySpan<byte> payload)
    {
        var (last, kind) = ((first & 0x80) != 0, first & 0x0f);
        switch (kind)
        {
            case 8:
                throw new IOException($"The server closed the connection with {(payload.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(payload) : 0)}.");
            case 9:
                Send(0x8a, payload);
                break;
            case 0 or 1 or 2 when last && _parts.WrittenCount == 0:
                FramesRead++;
                Had(payload);
                break;
            case 0 or 1 or 2:
                _parts.Write(payload);
                if (!last)
                    break;
                FramesRead++;
                Had(_parts.WrittenSpan);
                _parts.ResetWrittenCount();
                break;
        }
    }

    void Drop(int count)
    {
        _buffer.AsSpan(count, _filled - count).CopyTo(_buffer);
        _filled -= count;
    }

    // A client masks what it sends; zeros are a mask, too, and leave the payload as it is.
    void Send(byte first, ReadOnlySpan<byte> payload)
    {
        var head = payload.Length < 126 ? 6 : 8;
        var frame = ArrayPool<byte>.Shared.Rent(head + payload.Length);
        try
        {
            frame.AsSpan(0, head).Clear();
            (frame[0], frame[1]) = (first, (byte)(0x80 | Math.Min(126, payload.Length)));
            if (head == 8)
                BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), checked((ushort)payload.Length));
            payload.CopyTo(frame.AsSpan(head));
            lock (_sending)
                _socket.Send(frame.AsSpan(0, head + payload.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(frame);
        }
    }
}
