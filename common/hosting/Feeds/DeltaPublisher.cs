using ChatGenius.Feeds.Owning;
using ChatGenius.Hosting.Databases;
using ChatGenius.Hosting.Telemetry;
using MassTransit;

namespace ChatGenius.Hosting.Feeds;

/// <summary>Publishes the deltas of a service's commits on the bus: see <see cref="DeltaOutlet"/>. Thread-safe.</summary>
public sealed partial class DeltaPublisher<TContext> : BackgroundService where TContext : DbContext
{
    readonly Database<TContext> _database;
    readonly IServiceProvider _services;
    readonly FeedMeters _meters;
    readonly TimeProvider _time;
    readonly ILogger _logger;
    readonly DeltaOutlet _outlet;

    public DeltaPublisher(Database<TContext> database, IServiceProvider services, FeedMeters meters, TimeProvider time, ILogger<DeltaPublisher<TContext>> logger)
    {
        (_database, _services, _meters, _time, _logger) = (database, services, meters, time, logger);
        _outlet = new DeltaOutlet(SendAsync, Lost, time);
        meters.WatchUnsent(database.Name, () => _outlet.Unsent);
    }

    /// <summary>Hands over the deltas of a commit; never waits.</summary>
    public void Publish(IReadOnlyList<Delta> deltas) => _outlet.Publish(deltas, new CommitOrigin(_time.GetUtcNow(), Traces.Here));

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _outlet.RunAsync(CancellationToken.None);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _outlet.Complete();
        if (ExecuteTask is { } running)
            await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    // The bus is asked for at the first use: its own start must not wait for the service, nor the service for it.
    async Task SendAsync(IReadOnlyList<Delta> deltas, IReadOnlyList<CommitOrigin> origins, CancellationToken cancellation)
    {
        using var step = Traces.StartShared("feeds publish", origins.Select(o => o.Trace));
        await _services.GetRequiredService<IBus>().Publish(Event(deltas, origins.Min(o => o.At)), cancellation);
    }

    void Lost(int deltas, Exception? why)
    {
        _meters.Lost(_database.Name, deltas);
        LogLost(why?.GetType().Name ?? "the queue is full", deltas, _database.Name);
    }

    object Event(IReadOnlyList<Delta> deltas, DateTimeOffset? committedAt) => _database.Name switch
    {
        "identity" => new IdentityFeedsChanged { Deltas = deltas, CommittedAt = committedAt },
        "channels" => new ChannelsFeedsChanged { Deltas = deltas, CommittedAt = committedAt },
        _ => new MessagesFeedsChanged { Deltas = deltas, CommittedAt = committedAt },
    };

    [LoggerMessage(1103, LogLevel.Warning, "{Count} deltas of {Service} were not published ({Kind}); followers find them at their next tick.")]
    partial void LogLost(string kind, int count, string service);
}
