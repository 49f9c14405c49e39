using System.Collections.Concurrent;

namespace ChatGenius.Hosting.Auth;

/// <summary>
/// Knows within a second or so which sessions have ended, by asking the identity service each second. While that is away, what is known stays known. Thread-safe.
/// </summary>
public sealed partial class EndedSessionWatch(ISessionEnds ends, Databases.DatabaseStartGate gate, TimeProvider time, ILogger<EndedSessionWatch> logger) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    readonly ConcurrentDictionary<string, DateTimeOffset> _ended = new(StringComparer.Ordinal);
    long _last;

    /// <summary>Raised for each session that ends; handlers must not wait.</summary>
    public event Action<string>? Ended;

    /// <summary>True when the session has ended.</summary>
    public bool HasEnded(string sessionId) => _ended.ContainsKey(sessionId);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await gate.WaitAsync(stoppingToken);
        for (var failures = 0; !stoppingToken.IsCancellationRequested;)
        {
            try
            {
                await PollAsync(stoppingToken);
                failures = 0;
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                if (failures++ == 0)
                    LogAway(failure.Message);
            }
            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task PollAsync(CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(2));
        var answer = await ends.SinceAsync(_last, patience.Token);
        foreach (var session in answer.Items)
        {
            _last = Math.Max(_last, session.Number);
            if (_ended.TryAdd(session.SessionId, session.ForgetAt))
                Ended?.Invoke(session.SessionId);
        }
        var now = time.GetUtcNow();
        foreach (var (session, forgetAt) in _ended)
            if (forgetAt < now)
                _ended.TryRemove(session, out _);
    }

    [LoggerMessage(1201, LogLevel.Warning, "Ended sessions could not be asked for: {Failure} It is tried again each second.")]
    partial void LogAway(string failure);
}
