namespace ChatGenius.Realtime.Connections;

/// <summary>The wire of one connection. Thread-safe, but for one write at a time.</summary>
internal interface IConnectionLine
{
    string Id { get; }

    /// <summary>Cancelled when the connection is gone.</summary>
    CancellationToken Gone { get; }

    /// <summary>Hands what waited together to the transport, as one piece where it can be; ends when that has taken it.</summary>
    /// <param name="outgoing">At least one, in their order; valid until the write has ended.</param>
    /// <param name="cancellation">Gives up.</param>
    Task WriteAsync(IReadOnlyList<Outgoing> outgoing, CancellationToken cancellation);

    /// <summary>Ends the connection so that the client comes back.</summary>
    void RequestClose();

    /// <summary>Ends the connection so that the client does not come back.</summary>
    void Abort();
}
