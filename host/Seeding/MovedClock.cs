namespace ChatGenius.Host.Seeding;

/// <summary>A clock that is set: so that what is said in the demo was said over days. Timers run as ever. Thread-safe.</summary>
internal sealed class MovedClock : TimeProvider
{
    long _behind;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(-Interlocked.Read(ref _behind));

    /// <summary>Moves on to a time; never back, and never past the real one.</summary>
    public void MoveTo(DateTimeOffset time)
    {
        var behind = Math.Max(0, (base.GetUtcNow() - time).Ticks);
        if (behind < Interlocked.Read(ref _behind))
            Interlocked.Exchange(ref _behind, behind);
    }

    /// <summary>Sets it back, before anything has looked at it.</summary>
    public void SetBack(DateTimeOffset time) => Interlocked.Exchange(ref _behind, Math.Max(0, (base.GetUtcNow() - time).Ticks));
}
