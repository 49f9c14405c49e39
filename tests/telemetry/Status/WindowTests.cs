using ChatGenius.Host.Status;

namespace ChatGenius.TelemetryTests.Status;

public sealed class WindowTests
{
    readonly MovedTime _time = new();

    [Fact]
    public void Look_TellsHalfAndNinetyNine_WithinAFifth()
    {
        var window = new Window(_time);
        for (var i = 1; i <= 1000; i++)
            window.Add(i / 1000.0);

        var (count, half, ninetyNine) = window.Look();

        Assert.Equal(1000, count);
        Assert.InRange(half!.Value, 500, 600);
        Assert.InRange(ninetyNine!.Value, 990, 1188);
    }

    [Fact]
    public void Look_ForgetsWhatIsOlderThanFiveMinutes()
    {
        var window = new Window(_time);
        window.Add(10);
        _time.Now += TimeSpan.FromMinutes(3);
        window.Add(0.1);
        Assert.Equal(2, window.Look().Count);

        _time.Now += TimeSpan.FromMinutes(3);
        Assert.Equal(1, window.Look().Count);
        Assert.InRange(window.Look().NinetyNineMs!.Value, 100, 120);

        _time.Now += TimeSpan.FromMinutes(3);
        Assert.Equal(new Spread(0, null, null), window.Look());
    }

    [Fact]
    public void Look_TakesWhatIsBeyondEveryBucket()
    {
        var window = new Window(_time);
        window.Add(1e9);
        window.Add(0);

        Assert.Equal(2, window.Look().Count);
    }

    sealed class MovedTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
