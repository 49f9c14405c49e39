using System.Collections.Concurrent;

namespace ChatGenius.Hosting.Auth;

/// <summary>
/// Which sessions have ended, known within a second or so by asking the identity service each second. While that is away, what is known stays known; before its first answer nothing is, and nobody is
/// let in. Thread-safe.
/// </summary>
/// <param name="ends">The identity service.</param>
/// <param name="time">The clock.</param>
internal sealed class SessionEndFollower(ISessionEnds ends, TimeProvider time)
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>How long one question may take.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    readonly ConcurrentDictionary<string, DateTimeOffset> _ended = new(StringComparer.Ordinal);
    readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    long _last;

    /// <summary>Completes with the first answer.</summary>
    public Task Known => _first.Task;

    /// <summary>True when the session has ended.</summary>
    public bool HasEnded(string sessionId) => _ended.ContainsKey(sessionId);

    /// <summary>Asks until the token ends it.</summary>
    /// <param name="ended">Told of each session that ends; must not wait.</param>
    /// <param name="away">Told when the identity service cannot be asked, once until it answers again.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RunAsync(Action<string> ended, Action<Exception> away, CancellationToken cancellation)
    {
        for (var failures = 0; !cancellation.IsCancellationRequested;)
        {
            try
            {
                await AskAsync(ended, cancellation);
                failures = 0;
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
            {
                if (failures++ == 0)
                    away(failure);
            }
            await Task.Delay(Interval, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    async Task AskAsync(Action<string> ended, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        var answer = await ends.SinceAsync(_last, either.Token);
        foreach (var session in answer.Items)
        {
            _last = Math.Max(_last, session.Number);
            if (_ended.TryAdd(session.SessionId, session.ForgetAt))
                ended(session.SessionId);
        }
        _first.TrySetResult();
        var now = time.GetUtcNow();
        foreach (var (session, forgetAt) in _ended)
            if (forgetAt < now)
                _ended.TryRemove(session, out _);
    }
}
