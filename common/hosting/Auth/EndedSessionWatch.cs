namespace ChatGenius.Hosting.Auth;

/// <summary>Runs <see cref="SessionEndFollower"/> as long as the process does, and tells whoever wants to know. Thread-safe.</summary>
public sealed partial class EndedSessionWatch(ISessionEnds ends, Databases.DatabaseStartGate gate, TimeProvider time, ILogger<EndedSessionWatch> logger) : BackgroundService
{
    readonly SessionEndFollower _sessions = new(ends, time);

    /// <summary>Raised for each session that ends; handlers must not wait.</summary>
    public event Action<string>? Ended;

    /// <summary>How long a caller waits for the first answer.</summary>
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>Waits for the identity service's first answer, if it has not come: a process that has just started knows of no ended session, and must not let them in.</summary>
    /// <exception cref="TimeoutException">It did not come in two seconds.</exception>
    public ValueTask WaitUntilKnownAsync(CancellationToken cancellation) =>
        _sessions.Known.IsCompletedSuccessfully ? ValueTask.CompletedTask : new ValueTask(_sessions.Known.WaitAsync(s_patience, time, cancellation));

    /// <summary>True when the session has ended.</summary>
    public bool HasEnded(string sessionId) => _sessions.HasEnded(sessionId);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await gate.WaitAsync(stoppingToken);
        await _sessions.RunAsync(session => Ended?.Invoke(session), failure => LogAway(failure.Message), stoppingToken);
    }

    [LoggerMessage(1201, LogLevel.Warning, "Ended sessions could not be asked for: {Failure} It is tried again each second.")]
    partial void LogAway(string failure);
}
