using System.Net.Sockets;
using System.Text;

namespace ChatGenius.EdgeTests.Support;

/// <summary>A service on a bare socket, which sees how requests are cut on their way. It answers each with 200.</summary>
internal sealed class SegmentService : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _stop = new();
    readonly List<int> _bodyBytes = [];
    readonly Task _accepting;

    public SegmentService()
    {
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Of each POST, how much of its body came in the same read as its head.</summary>
    public IReadOnlyList<int> BodyBytesWithTheHead
    {
        get
        {
            lock (_bodyBytes)
                return [.. _bodyBytes];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            // Disposed of.
        }
    }

    async Task AnswerAsync(TcpClient client)
    {
        using (client)
            try
            {
                var (stream, buffer) = (client.GetStream(), new byte[64 * 1024]);
                while (await stream.ReadAsync(buffer, _stop.Token) is > 0 and var got)
                {
                    var head = Encoding.ASCII.GetString(buffer, 0, got);
                    var body = got - (head.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4);
                    var length = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) is { } line ? int.Parse(line[15..]) : 0;
                    if (head.StartsWith("POST", StringComparison.Ordinal))
                        lock (_bodyBytes)
                            _bodyBytes.Add(body);
                    for (; body < length; body += got)
                        got = await stream.ReadAsync(buffer, _stop.Token);
                    await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), _stop.Token);
                }
            }
            catch (Exception over) when (over is OperationCanceledException or IOException)
            {
                // The gateway is gone, or this is.
            }
    }
}
