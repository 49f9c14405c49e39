using System.Net.Sockets;
using System.Text;

namespace ChatGenius.EdgeTests.Support;

/// <summary>Upgrades a connection, and says something in the same piece as the head of its answer; then it says again whatever it hears, until it hears <see cref="End"/>.</summary>
/// <param name="early">What it says first.</param>
internal sealed class UpgradingService(byte[] early) : SocketService
{
    public const byte End = 4;

    readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when an upgraded connection was ended by the other side.</summary>
    public Task Left => _left.Task;

    protected override async Task ServeAsync(NetworkStream connection, CancellationToken stop)
    {
        var buffer = new byte[64 * 1024];
        var head = Encoding.ASCII.GetString(buffer, 0, await connection.ReadAsync(buffer, stop));
        if (!head.Contains("\r\nUpgrade: websocket\r\n", StringComparison.OrdinalIgnoreCase))
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), stop);
            return;
        }
        await connection.WriteAsync(new byte[][] { [.. "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"u8], early }.SelectMany(part => part).ToArray(), stop);
        while (await connection.ReadAsync(buffer, stop) is > 0 and var got)
        {
            if (buffer[got - 1] == End)
                return;
            await connection.WriteAsync(buffer.AsMemory(0, got), stop);
        }
        _left.TrySetResult();
    }
}
