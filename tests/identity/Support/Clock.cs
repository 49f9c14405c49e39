namespace ChatGenius.IdentityTests.Support;

/// <summary>A clock that stands until it is moved.</summary>
internal sealed class Clock : TimeProvider
{
    DateTimeOffset _now = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Pass(TimeSpan time) => _now += time;
}
