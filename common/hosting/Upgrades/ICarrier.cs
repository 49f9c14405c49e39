namespace ChatGenius.Hosting.Upgrades;

/// <summary>What carries a connection's bytes as they are, below the server: its socket, or a stream of a shared connection.</summary>
public interface ICarrier
{
    /// <summary>Writes two parts as one piece; one write at a time.</summary>
    /// <param name="head">What comes first; it is copied.</param>
    /// <param name="body">What follows; valid until the write has ended.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="System.Net.Sockets.SocketException">The connection is gone.</exception>
    /// <exception cref="IOException">It is, which shared another.</exception>
    /// <exception cref="ObjectDisposedException">It is, and was closed here, too.</exception>
    ValueTask WriteAsync(ReadOnlySpan<byte> head, ReadOnlyMemory<byte> body, CancellationToken cancellation);
}
