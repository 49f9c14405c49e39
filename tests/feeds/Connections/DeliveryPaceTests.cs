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
    [InlineData(1_000, 0, -60)]
    [InlineData(1_000, 60, 0)]
    [InlineData(1_000, 61, 1)]
    [InlineData(1_000, 100, 40)]
    [InlineData(1_000, 400, 40)]
    [InlineData(10, 400, 0)]
    public void Before_AFeedMayOweSomeRest_AndTakesNoMoreThanOneAtATime(int connections, int owed, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), DeliveryPace.Default.Before(connections, TimeSpan.FromMilliseconds(owed)));

    // Three deltas follow each other where a rest is 20 ms, and none where it is more than what a feed may owe.
    [Theory]
    [InlineData(100, 0, 0, 0, 20, 20)]
    [InlineData(1_000, 0, 20, 40, 40, 40)]
    [InlineData(5_000, 40, 100, 100, 100, 100)]
    public void Rests_WhatHandingOutTakes_PaysForNone(int connections, params int[] expected)
    {
        var steps = new Steps();
        var rests = new DeliveryRests(DeliveryPace.Default, steps.Time);
        Assert.False(rests.Due > TimeSpan.Zero);
        var taken = expected.Select(_ =>
        {
            rests.Begin();
            steps.Pass(TimeSpan.FromMilliseconds(200));
            rests.End(connections);
            var due = rests.Due > TimeSpan.Zero ? rests.Due : TimeSpan.Zero;
            steps.Pass(due);
            return (int)due.TotalMilliseconds;
        }).ToList();
        Assert.Equal(expected, taken);

        steps.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal(-DeliveryPace.Default.Credit, rests.Due);
    }
}
