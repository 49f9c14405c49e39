namespace ChatGenius.Realtime.Connections;

/// <summary>Looks after the connections four times a second: heads to send, tokens that end, writers that hang. And lets them go in order when the process stops.</summary>
internal sealed class ConnectionCare(ConnectionRegistry connections, IOptions<RealtimeSettings> settings, IHostApplicationLifetime lifetime, TimeProvider time) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>How long the process waits for its farewells to leave.</summary>
    static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The last to register is the first to be called: clients are told before SignalR closes their connections.
        await using var draining = lifetime.ApplicationStopping.Register(Drain);
        using var timer = new PeriodicTimer(Interval, time);
        for (var round = 0; await timer.WaitForNextTickAsync(stoppingToken); round++)
            foreach (var connection in connections.All)
                Look(connection, sendHeads: round % 4 == 0);
    }

    void Look(LiveConnection connection, bool sendHeads)
    {
        var left = connection.ExpiresAt - time.GetUtcNow();
        if (left < -settings.Value.ExpiryGrace)
            connections.Close(connection, CloseCode.Closing(CloseCode.Expired));
        else if (left < settings.Value.ExpiryNotice && !connection.WasTold)
            connection.TellExpiring();
        if (connection.IsStalled)
            connection.CutOff();
        if (sendHeads)
            connection.SendHeads();
    }

    void Drain()
    {
        var all = connections.All.ToList();
        // Clients come back spread over two seconds, not all at once.
        var closing = all.Select((c, i) => c.CloseAsync(CloseCode.Closing(CloseCode.Draining, 500 + i * 2000 / Math.Max(1, all.Count))));
        Task.WhenAny(Task.WhenAll(closing), Task.Delay(Farewell, time)).GetAwaiter().GetResult();
    }
}
