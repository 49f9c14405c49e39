namespace ChatGenius.Client;

/// <summary>
/// Waits that end early. Unlike <c>Task.WaitAsync</c> and <c>Task.WhenAny</c> they go through no thread pool, so that a run under a single-threaded context can be repeated exactly.
/// </summary>
internal static class Patience
{
    /// <summary>Waits for a task, or until cancelled; the task goes on.</summary>
    /// <exception cref="OperationCanceledException">Cancelled first.</exception>
    public static async Task OrCancelledAsync(this Task task, CancellationToken cancellation)
    {
        if (!task.IsCompleted && cancellation.CanBeCanceled)
        {
            TaskCompletionSource either = new(TaskCreationOptions.RunContinuationsAsynchronously);
            using var registration = cancellation.UnsafeRegister(static (e, token) => ((TaskCompletionSource)e!).TrySetCanceled(token), either);
            _ = TellAsync(task, either);
            await either.Task;
        }
        await task;
    }

    /// <summary>Makes a call that may take so long.</summary>
    /// <exception cref="TimeoutException">It took longer.</exception>
    public static async Task<T> WithinAsync<T>(TimeSpan bound, TimeProvider time, Func<CancellationToken, Task<T>> call, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(bound, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            // Whether or not what is called heeds the cancellation.
            var answer = call(either.Token);
            await answer.OrCancelledAsync(either.Token);
            return await answer;
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer within {bound}.");
        }
    }

    /// <inheritdoc cref="WithinAsync{T}"/>
    public static Task WithinAsync(TimeSpan bound, TimeProvider time, Func<CancellationToken, Task> call, CancellationToken cancellation) =>
        WithinAsync(bound, time, async token =>
        {
            await call(token);
            return true;
        }, cancellation);

    static async Task TellAsync(Task task, TaskCompletionSource either)
    {
        try
        {
            await task;
        }
        catch (Exception) when (task.IsFaulted || task.IsCanceled)
        {
            // Whoever waits learns it from the task itself.
        }
        either.TrySetResult();
    }
}
