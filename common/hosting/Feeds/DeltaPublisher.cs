using ChatGenius.Feeds.Owning;
using ChatGenius.Hosting.Databases;
using MassTransit;

namespace ChatGenius.Hosting.Feeds;

/// <summary>Publishes the deltas of a service's commits on the bus: see <see cref="DeltaOutlet"/>. Thread-safe.</summary>
public sealed partial class DeltaPublisher<TContext> : BackgroundService where TContext : DbContext
{
    readonly Database<TContext> _database;
    readonly IServiceProvider _services;
    readonly FeedMeters _meters;
    readonly ILogger _logger;
    readonly DeltaOutlet _outlet;

    public DeltaPublisher(Database<TContext> database, IServiceProvider services, FeedMeters meters, TimeProvider time, ILogger<DeltaPublisher<TContext>> logger)
    {
        (_database, _services, _meters, _logger) = (database, services, meters, logger);
        _outlet = new DeltaOutlet(SendAsync, Lost, time);
    }

    /// <summary>Hands over the deltas of a commit; never waits.</summary>
    public void Publish(IReadOnlyList<Delta> deltas) => _outlet.Publish(deltas);

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
    Task SendAsync(IReadOnlyList<Delta> deltas, CancellationToken cancellation) => _services.GetRequiredService<IBus>().Publish(Event(deltas), cancellation);

    void Lost(int deltas, Exception? why)
    {
        _meters.DeltasLost.Add(deltas, new KeyValuePair<string, object?>("service", _database.Name));
        LogLost(why?.GetType().Name ?? "the queue is full", deltas, _database.Name);
    }

    object Event(IReadOnlyList<Delta> deltas) => _database.Name switch
    {
        "identity" => new IdentityFeedsChanged { Deltas = deltas },
        "channels" => new ChannelsFeedsChanged { Deltas = deltas },
        _ => new MessagesFeedsChanged { Deltas = deltas },
    };

    [LoggerMessage(1103, LogLevel.Warning, "{Count} deltas of {Service} were not published ({Kind}); followers find them at their next tick.")]
    partial void LogLost(string kind, int count, string service);
}
