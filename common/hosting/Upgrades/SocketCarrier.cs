using System.Net.Sockets;

namespace ChatGenius.Hosting.Upgrades;

/// <summary>A socket as what carries a connection: a system call for each piece, where it takes it.</summary>
/// <param name="socket">The connection's; it stays the server's own, which closes it.</param>
internal sealed class SocketCarrier(Socket socket) : ICarrier
{
    public ValueTask WriteAsync(ReadOnlySpan<byte> head, ReadOnlyMemory<byte> body, CancellationToken cancellation) => Pieces.WriteAsync(socket, SendAsync, head, body, cancellation);

    // All of it, or it fails.
    static ValueTask SendAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        var sending = socket.SendAsync(bytes, cancellation);
        if (!sending.IsCompletedSuccessfully)
            return new ValueTask(sending.AsTask());
        _ = sending.Result;
        return default;
    }
}
