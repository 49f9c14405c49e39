namespace ChatGenius.SimulationTests.Kernel;

/// <summary>The context in which the code of one process runs. When the process is killed, nothing of it runs any more, wherever it was.</summary>
internal sealed class SimContext(SimLoop loop) : SynchronizationContext
{
    /// <summary>False once the process is dead.</summary>
    public bool IsAlive { get; private set; } = true;

    /// <summary>Ends the process between two of its steps.</summary>
    public void Kill() => IsAlive = false;

    public void Run(SendOrPostCallback callback, object? state)
    {
        if (!IsAlive)
            return;
        SetSynchronizationContext(this);
        callback(state);
    }

    public override void Post(SendOrPostCallback d, object? state) => loop.Post(this, d, state);

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing in a simulation waits for another thread.");

    public override SynchronizationContext CreateCopy() => this;
}
