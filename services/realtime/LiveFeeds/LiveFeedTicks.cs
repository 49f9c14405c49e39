namespace ChatGenius.Realtime.LiveFeeds;

/// <summary>Runs the comparison of heads as long as the process does.</summary>
internal sealed class LiveFeedTicks(LiveFeedDirectory directory) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => directory.RunAsync(stoppingToken);
}
