using System.Buffers.Text;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace ChatGenius.Bench.Wires;

/// <summary>A connection that is kept open for requests, one at a time, without what a general client costs.</summary>
internal sealed class HttpWire : IAsyncDisposable
{
    /// <summary>Servers close connections on which nothing is asked for two minutes, as while ten thousand others connect or millions of messages are made.</summary>
    static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    readonly Uri _address;
    Socket _socket;
    long _used = Stopwatch.GetTimestamp();
    byte[] _buffer = new byte[8192];

    HttpWire(Uri address, Socket socket) => (_address, _socket) = (address, socket);

    public static async Task<HttpWire> OpenAsync(Uri address) => new(address, await WebSocketWire.ConnectAsync(address));

    /// <summary>Sends a whole request and reads the whole answer, over a fresh connection after a minute without one.</summary>
    /// <returns>The status, and the answer's bytes as they came, valid until the next request.</returns>
    public async ValueTask<(int Status, ReadOnlyMemory<byte> Answer)> ExchangeAsync(ReadOnlyMemory<byte> request)
    {
        if (Stopwatch.GetElapsedTime(_used) > Quiet)
        {
            _socket.Dispose();
            _socket = await WebSocketWire.ConnectAsync(_address);
        }
        await _socket.SendAsync(request);
        for (var filled = 0; ;)
        {
            if (filled == _buffer.Length)
                Array.Resize(ref _buffer, _buffer.Length * 2);
            var got = await _socket.ReceiveAsync(_buffer.AsMemory(filled));
            filled += got > 0 ? got : throw new IOException("The server closed the connection.");
            if (IsWhole(_buffer.AsSpan(0, filled)))
            {
                _used = Stopwatch.GetTimestamp();
                return (Number(_buffer.AsSpan(9)), _buffer.AsMemory(0, filled));
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return false;
        var head = answer[..(end + 2)];
        if (Value(head, "\r\nContent-Length: "u8) is { IsEmpty: false } length)
            return answer.Length >= end + 4 + Number(length);
        return Value(head, "\r\nTransfer-Encoding: chunked"u8).IsEmpty || answer.EndsWith("\r\n0\r\n\r\n"u8);
    }

    static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        var at = head.IndexOf(name);
        return at < 0 ? [] : head[(at + name.Length)..];
    }

    static int Number(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits, out int number, out _) ? number : throw new IOException($"This is no answer: {Encoding.ASCII.GetString(digits[..Math.Min(100, digits.Length)])}");
}
