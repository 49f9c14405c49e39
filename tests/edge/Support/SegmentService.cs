using System.Net.Sockets;
using System.Text;

namespace ChatGenius.EdgeTests.Support;

/// <summary>Sees how requests are cut on their way. It answers each with 200.</summary>
internal sealed class SegmentService : SocketService
{
    readonly List<int> _bodyBytes = [];

    /// <summary>Of each POST, how much of its body came in the same read as its head.</summary>
    public IReadOnlyList<int> BodyBytesWithTheHead
    {
        get
        {
            lock (_bodyBytes)
                return [.. _bodyBytes];
        }
    }

    protected override async Task ServeAsync(NetworkStream connection, CancellationToken stop)
    {
        var buffer = new byte[64 * 1024];
        while (await connection.ReadAsync(buffer, stop) is > 0 and var got)
        {
            var head = Encoding.ASCII.GetString(buffer, 0, got);
            var body = got - (head.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4);
            var length = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) is { } line ? int.Parse(line[15..]) : 0;
            if (head.StartsWith("POST", StringComparison.Ordinal))
                lock (_bodyBytes)
                    _bodyBytes.Add(body);
            for (; body < length; body += got)
                got = await connection.ReadAsync(buffer, stop);
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), stop);
        }
    }
}
