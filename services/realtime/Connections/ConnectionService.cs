namespace ChatGenius.Realtime.Connections;

/// <summary>Runs the care of connections as long as the process does.</summary>
internal sealed class ConnectionService(ConnectionCare care, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The last to register is the first to be called: clients are told before SignalR closes their connections.
        await using var draining = lifetime.ApplicationStopping.Register(() => care.DrainAsync().GetAwaiter().GetResult());
        await care.RunAsync(stoppingToken);
    }
}
