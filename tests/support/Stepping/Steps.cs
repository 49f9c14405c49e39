namespace ChatGenius.TestSupport.Stepping;

/// <summary>Runs what is awaited on one thread, in the order it came up, on a clock that moves only when it is told to. Not thread-safe.</summary>
public sealed class Steps : SynchronizationContext
{
    readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();

    public StepTime Time { get; } = new();

    /// <summary>Does something, and everything that follows from it at once.</summary>
    public void Do(Action action)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            action();
            while (_queue.TryDequeue(out var next))
                next.Callback(next.State);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Does something and moves the clock until it is done.</summary>
    public T Finish<T>(Func<Task<T>> action, TimeSpan? within = null)
    {
        Task<T>? task = null;
        Do(() => task = action());
        var until = Time.Elapsed + (within ?? TimeSpan.FromMinutes(5));
        while (!task!.IsCompleted && Time.Next is { } next && next <= until)
            Pass(next - Time.Elapsed);
        return Done(task);
    }

    public void Finish(Func<Task> action, TimeSpan? within = null) => Finish(async () =>
    {
        await action();
        return true;
    }, within);

    /// <summary>What a task that has ended gave.</summary>
    /// <exception cref="TimeoutException">It has not ended.</exception>
    public static T Done<T>(Task<T> task) => task.IsCompleted ? task.GetAwaiter().GetResult() : throw new TimeoutException("It has not ended.");

    /// <summary>Lets time pass, and what comes due with it happen.</summary>
    public void Pass(TimeSpan time)
    {
        var until = Time.Elapsed + time;
        while (Time.Next is { } next && next <= until)
            Do(() => Time.MoveTo(next));
        Do(() => Time.MoveTo(until));
    }

    public override void Post(SendOrPostCallback d, object? state) => _queue.Enqueue((d, state));

    public override void Send(SendOrPostCallback d, object? state) => d(state);
}

/// <summary>A clock and its timers, for <see cref="Steps"/>.</summary>
public sealed class StepTime : TimeProvider
{
    static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    readonly List<Timer> _timers = [];
    long _made;

    public TimeSpan Elapsed { get; private set; }

    /// <summary>When the next timer comes due.</summary>
    public TimeSpan? Next => _timers.Count == 0 ? null : _timers.Min(t => t.Due);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => s_start + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state, _made++);
        timer.Change(dueTime, period);
        return timer;
    }

    public void MoveTo(TimeSpan elapsed)
    {
        Elapsed = elapsed;
        foreach (var timer in _timers.Where(t => t.Due <= elapsed).OrderBy(t => (t.Due, t.Number)).ToArray())
            if (_timers.Remove(timer))
                timer.Fire();
    }

    sealed class Timer(StepTime time, TimerCallback callback, object? state, long number) : ITimer
    {
        public long Number => number;
        public TimeSpan Due { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time._timers.Remove(this);
            Due = time.Elapsed + dueTime;
            if (dueTime != Timeout.InfiniteTimeSpan)
                time._timers.Add(this);
            return true;
        }

        public void Dispose() => time._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
