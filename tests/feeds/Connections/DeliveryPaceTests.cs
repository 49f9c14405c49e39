using ChatGenius.Realtime.LiveFeeds;
using ChatGenius.TestSupport.Stepping;
using Xunit;

namespace ChatGenius.FeedsTests.Connections;

public sealed class DeliveryPaceTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 0)]
    [InlineData(24, 0)]
    [InlineData(25, 20)]
    [InlineData(500, 20)]
    [InlineData(750, 30)]
    [InlineData(1_000, 40)]
    [InlineData(5_000, 100)]
    [InlineData(100_000, 100)]
    public void Between_GrowsWithTheConnectionsWithinBounds(int connections, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), DeliveryPace.Default.Between(connections));

    [Theory]
    [InlineData(1_000, 0, -120)]
    [InlineData(1_000, 120, 0)]
    [InlineData(1_000, 121, 1)]
    [InlineData(1_000, 160, 40)]
    [InlineData(1_000, 400, 40)]
    [InlineData(10, 400, 0)]
    public void Before_AFeedMayOweAFewRests_AndTakesOneAtATime(int connections, int owed, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), DeliveryPace.Default.Before(connections, TimeSpan.FromMilliseconds(owed)));

    [Fact]
    public void Rests_WhatHandingOutTakes_PaysForNone()
    {
        var (steps, rest) = (new Steps(), TimeSpan.FromMilliseconds(40));
        var rests = new DeliveryRests(DeliveryPace.Default, steps.Time);
        Assert.False(rests.Due > TimeSpan.Zero);
        for (var delta = 1; delta <= 10; delta++)
        {
            rests.Begin();
            steps.Pass(TimeSpan.FromMilliseconds(200));
            rests.End(1_000);
            Assert.Equal(delta <= DeliveryPace.Default.Saved ? TimeSpan.Zero : rest, rests.Due > TimeSpan.Zero ? rests.Due : TimeSpan.Zero);
            if (rests.Due is { Ticks: > 0 } due)
                steps.Pass(due);
        }

        steps.Pass(rest * 4);

        Assert.Equal(rest * -DeliveryPace.Default.Saved, rests.Due);
    }
}
