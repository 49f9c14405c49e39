using System.Threading.Channels;
using ChatGenius.Hosting.Databases;
using MassTransit;

namespace ChatGenius.Hosting.Feeds;

/// <summary>
/// Publishes the deltas of commits, best effort: nobody waits for it, and what it loses the followers find at their next tick.
/// Its queue is bounded by <see cref="QueueLimit"/>; when that is full, the newest deltas are let go and counted. Thread-safe.
/// </summary>
public sealed partial class DeltaPublisher<TContext>(
    Database<TContext> database, IServiceProvider services, FeedMeters meters, ILogger<DeltaPublisher<TContext>> logger) : BackgroundService
    where TContext : DbContext
{
    /// <summary>Commits that may wait to be published.</summary>
    public const int QueueLimit = 4096;

    const int InFlight = 16;
    const int BytesPerMessage = 512 * 1024;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    readonly Channel<IReadOnlyList<Delta>> _queue = Channel.CreateBounded<IReadOnlyList<Delta>>(
        new BoundedChannelOptions(QueueLimit) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    readonly SemaphoreSlim _inFlight = new(InFlight);

    /// <summary>Hands over the deltas of a commit; never waits.</summary>
    public void Publish(IReadOnlyList<Delta> deltas)
    {
        if (deltas.Count > 0 && !_queue.Writer.TryWrite(deltas))
            meters.DeltasLost.Add(deltas.Count, new KeyValuePair<string, object?>("service", database.Name));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _queue.Reader.WaitToReadAsync(stoppingToken))
        {
            var batch = new List<Delta>();
            for (var bytes = 0; bytes < BytesPerMessage && _queue.Reader.TryRead(out var deltas); bytes += deltas.Sum(Deltas.Bytes))
                batch.AddRange(deltas);
            await _inFlight.WaitAsync(stoppingToken);
            _ = SendAsync(Joined(batch));
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        for (var i = 0; i < InFlight && !cancellationToken.IsCancellationRequested; i++)
            await _inFlight.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    async Task SendAsync(IReadOnlyList<Delta> deltas)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            // The bus is asked for at the first use: its own start must not wait for the service, nor the service for it.
            await services.GetRequiredService<IBus>().Publish(Event(deltas), patience.Token);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            meters.DeltasLost.Add(deltas.Count, new KeyValuePair<string, object?>("service", database.Name));
            LogLost(failure.GetType().Name, deltas.Count, database.Name);
        }
        finally
        {
            _inFlight.Release();
        }
    }

    object Event(IReadOnlyList<Delta> deltas) => database.Name switch
    {
        "identity" => new IdentityFeedsChanged { Deltas = deltas },
        "channels" => new ChannelsFeedsChanged { Deltas = deltas },
        _ => new MessagesFeedsChanged { Deltas = deltas },
    };

    static List<Delta> Joined(List<Delta> batch)
    {
        var last = new Dictionary<string, int>(batch.Count);
        var joined = new List<Delta>(batch.Count);
        foreach (var delta in batch)
        {
            if (last.TryGetValue(delta.Feed, out var at) && Deltas.TryJoin(joined[at], delta, out var sum))
                joined[at] = sum;
            else
            {
                last[delta.Feed] = joined.Count;
                joined.Add(delta);
            }
        }
        return joined;
    }

    [LoggerMessage(1103, LogLevel.Warning, "{Count} deltas of {Service} were not published ({Kind}); followers find them at their next tick.")]
    partial void LogLost(string kind, int count, string service);
}
