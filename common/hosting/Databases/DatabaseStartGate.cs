namespace ChatGenius.Hosting.Databases;

/// <summary>
/// Brings up the databases of the process, and lets everything else wait for them. A database that is away is tried again, with back-off, until it answers.
/// </summary>
public sealed partial class DatabaseStartGate(IEnumerable<IDatabaseStart> starts, TimeProvider time, ILogger<DatabaseStartGate> logger) : BackgroundService, IReadiness
{
    readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public string Name => "database";

    /// <inheritdoc/>
    public bool IsReady => _open.Task.IsCompletedSuccessfully;

    /// <inheritdoc/>
    public string? Waiting => IsReady ? null : string.Join(' ', starts.Where(s => !s.IsReady).Select(s => $"{s.Name}: {s.LastFailure ?? "starting"}"));

    /// <summary>Completes when every database is ready.</summary>
    public Task WaitAsync(CancellationToken cancellation) => _open.Task.WaitAsync(cancellation);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.WhenAll(starts.Select(s => Task.Run(() => StartAsync(s, stoppingToken), stoppingToken)));
        _open.TrySetResult();
    }

    async Task StartAsync(IDatabaseStart start, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await start.StartAsync(cancellation);
                return;
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
            {
                LogAway(start.Name, failure.Message, attempt + 1);
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(5000, 200 << Math.Min(attempt, 5))), time, cancellation);
            }
        }
    }

    [LoggerMessage(1105, LogLevel.Warning, "The database of {Service} cannot be used: {Failure} (attempt {Attempt}). Check ConnectionStrings__Postgres, or ChatGenius__DataPath for SQLite; it is tried again.")]
    partial void LogAway(string service, string failure, int attempt);
}
