namespace ChatGenius.TestSupport.Network;

/// <summary>Lets bytes through or makes them wait. Thread-safe.</summary>
sealed class LinkGate
{
    volatile TaskCompletionSource? _closed;

    /// <summary>Completes when bytes may pass.</summary>
    public Task Passable => _closed?.Task ?? Task.CompletedTask;

    public void Close() => Interlocked.CompareExchange(ref _closed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), null);

    public void Open() => Interlocked.Exchange(ref _closed, null)?.TrySetResult();
}
