namespace ChatGenius.SimulationTests.Kernel;

/// <summary>
/// Runs all code of a simulation on one thread, in virtual time: what is ready runs in an order drawn from the seed, and time goes on only when nothing is ready. The same seed
/// gives the same run. Code that escapes to another thread is found out and fails the run.
/// </summary>
internal sealed class SimLoop(int seed)
{
    /// <summary>When virtual time begins; any fixed time would do.</summary>
    static readonly DateTimeOffset s_begin = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>One in so many steps takes something else than the oldest that is ready, as threads would.</summary>
    const int Shuffle = 4;

    readonly List<(SimContext Context, SendOrPostCallback Callback, object? State)> _ready = [];
    readonly PriorityQueue<SimTimer, (long Due, long Order)> _timers = new();
    readonly int _thread = Environment.CurrentManagedThreadId;
    int _first;
    long _order;

    /// <summary>All chance of the run.</summary>
    public Random Chance { get; } = new(seed);

    /// <summary>What has passed since the begin.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>The virtual time of day.</summary>
    public DateTimeOffset UtcNow => s_begin + Now;

    /// <summary>Milliseconds since the begin.</summary>
    public long Ms => (long)Now.TotalMilliseconds;

    /// <summary>How many steps were taken.</summary>
    public long Steps { get; private set; }

    /// <summary>Where a continuation came from another thread; null as long as none did.</summary>
    public string? Escape { get; private set; }

    public void Post(SimContext context, SendOrPostCallback callback, object? state)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            Escape ??= Environment.StackTrace;
            return;
        }
        if (context.IsAlive)
            _ready.Add((context, callback, state));
    }

    public void Schedule(SimTimer timer, TimeSpan after) => _timers.Enqueue(timer, (timer.Due = (Now + (after > TimeSpan.Zero ? after : TimeSpan.Zero)).Ticks, _order++));

    /// <summary>Runs until a time, or until a condition holds.</summary>
    /// <exception cref="InvalidOperationException">A continuation escaped.</exception>
    public void RunUntil(TimeSpan end, Func<bool>? done = null)
    {
        var before = SynchronizationContext.Current;
        try
        {
            while (done?.Invoke() != true)
            {
                if (Escape is not null)
                    throw new InvalidOperationException("A continuation came from another thread, so the run cannot be repeated: " + Escape);
                if (_first < _ready.Count)
                    Step();
                else if (!_timers.TryPeek(out _, out var next) || next.Due > end.Ticks)
                    break;
                else
                    Fire();
            }
            if (done is null || !done())
                Now = end > Now ? end : Now;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    void Step()
    {
        Steps++;
        var at = _first;
        if (_ready.Count - _first > 1 && Chance.Next(Shuffle) == 0)
            at += Chance.Next(_ready.Count - _first);
        var (context, callback, state) = _ready[at];
        if (at != _first)
            _ready[at] = _ready[_first];
        _ready[_first++] = default;
        if (_first == _ready.Count)
        {
            _ready.Clear();
            _first = 0;
        }
        context.Run(callback, state);
    }

    void Fire()
    {
        _timers.TryDequeue(out var timer, out var at);
        if (timer!.Due != at.Due)
            return;
        if (timer.Due > Now.Ticks)
            Now = TimeSpan.FromTicks(timer.Due);
        timer.Fire();
    }
}
