namespace ChatGenius.Realtime.Connections;

/// <summary>Looks after the connections four times a second: heads to send, tokens that end, writers that hang. And lets them go in order when the process stops.</summary>
internal sealed class ConnectionCare(LiveConnections connections, TimeProvider time)
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a drain waits for connections that are being opened: a client takes itself for connected a moment before they are known here.</summary>
    static readonly TimeSpan Opening = TimeSpan.FromMilliseconds(300);

    /// <summary>How long the process then waits for its farewells to leave.</summary>
    static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    /// <summary>Looks after them until the token ends it.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        for (var round = 0; !cancellation.IsCancellationRequested; round++)
        {
            foreach (var connection in connections.All)
                Look(connection, sendHeads: round % 4 == 0);
            await Task.Delay(Interval, time, cancellation);
        }
    }

    /// <summary>Tells every client to come back, spread over two seconds, and waits a moment for that to leave.</summary>
    public async Task DrainAsync()
    {
        var all = connections.Drain();
        var closing = all.Select((c, i) => c.CloseAsync(CloseCode.Closing(CloseCode.Draining, 500 + (i * 2000 / Math.Max(1, all.Count))), "draining")).ToList();
        await Task.Delay(Opening, time);
        await Task.WhenAny(Task.WhenAll(closing), Task.Delay(Farewell, time));
    }

    void Look(LiveConnection connection, bool sendHeads)
    {
        switch (connection.LookAtToken())
        {
            case TokenNeed.Close:
                connections.Close(connection, CloseCode.Closing(CloseCode.Expired), "expired");
                break;
            case TokenNeed.Notice:
                connection.Send(Outgoing.Expiring(connection.ExpiresAt));
                break;
        }
        if (connection.IsStalled)
            connections.Close(connection, CloseCode.Closing(CloseCode.Stalled), "stalled");
        if (sendHeads)
            connection.SendHeads();
    }
}
