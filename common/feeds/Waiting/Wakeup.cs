namespace ChatGenius.Feeds;

/// <summary>
/// What one loop waits for: a call that may come before the wait, a time, or a cancellation. Whoever wakes looks at what is there; being woken for nothing does no harm.
/// Continues where it was awaited, never on a thread of its own. Thread-safe for callers; one waiter at a time.
/// </summary>
internal sealed class Wakeup(TimeProvider time)
{
    readonly Lock _gate = new();
    TaskCompletionSource? _waiter;
    bool _called;

    public void Call()
    {
        lock (_gate)
        {
            if (_waiter is null)
                _called = true;
            else
                _waiter.TrySetResult();
        }
    }

    /// <summary>Ends at a call, after <paramref name="atMost"/>, or when cancelled; it never throws.</summary>
    public async Task WaitAsync(TimeSpan? atMost, CancellationToken cancellation)
    {
        TaskCompletionSource waiter = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_called)
            {
                _called = false;
                return;
            }
            _waiter = waiter;
        }
        using (atMost is { } bound ? time.CreateTimer(static w => ((TaskCompletionSource)w!).TrySetResult(), waiter, bound > TimeSpan.Zero ? bound : TimeSpan.Zero, Timeout.InfiniteTimeSpan) : null)
        using (cancellation.UnsafeRegister(static w => ((TaskCompletionSource)w!).TrySetResult(), waiter))
            await waiter.Task;
        lock (_gate)
            (_waiter, _called) = (null, false);
    }
}
