namespace ChatGenius.SimulationTests.Kernel;

/// <summary>The clock of one process: virtual, and silent once the process is dead.</summary>
internal sealed class SimTime(SimLoop loop, SimContext context) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => loop.UtcNow;

    public override long GetTimestamp() => loop.Now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimTimer(loop, context, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}

/// <summary>A timer of virtual time.</summary>
internal sealed class SimTimer(SimLoop loop, SimContext context, TimerCallback callback, object? state) : ITimer
{
    TimeSpan _period = Timeout.InfiniteTimeSpan;

    /// <summary>When it is due, in ticks; what was scheduled for another time is stale.</summary>
    public long Due { get; set; } = long.MaxValue;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        (_period, Due) = (period, long.MaxValue);
        if (dueTime != Timeout.InfiniteTimeSpan)
            loop.Schedule(this, dueTime);
        return true;
    }

    public void Fire()
    {
        Due = long.MaxValue;
        if (!context.IsAlive)
            return;
        if (_period != Timeout.InfiniteTimeSpan && _period > TimeSpan.Zero)
            loop.Schedule(this, _period);
        context.Run(s => callback(s), state);
    }

    public void Dispose() => Due = long.MaxValue;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
