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
    [InlineData(1_000, 40)]
    [InlineData(2_000, 80)]
    [InlineData(5_000, 100)]
    [InlineData(100_000, 100)]
    public void Between_GrowsWithTheConnectionsWithinBounds(int connections, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), DeliveryPace.Default.Between(connections));

    [Theory]
    [InlineData(40, 0, -60)]
    [InlineData(40, 60, 0)]
    [InlineData(40, 61, 1)]
    [InlineData(40, 100, 40)]
    [InlineData(40, 400, 40)]
    [InlineData(0, 400, 0)]
    public void Before_AFeedMayOweSomeRest_AndTakesNoMoreThanOneAtATime(int rest, int owed, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), DeliveryPace.Default.Before(TimeSpan.FromMilliseconds(rest), TimeSpan.FromMilliseconds(owed)));

    // Three deltas follow each other where a rest is 20 ms, and none where it is more than what a feed may owe. In turns, each has its share of a rest.
    [Theory]
    [InlineData(100, 1, 0, 0, 0, 20, 20)]
    [InlineData(1_000, 1, 0, 20, 40, 40, 40)]
    [InlineData(2_000, 4, 0, 0, 0, 20, 20, 20)]
    [InlineData(5_000, 1, 40, 100, 100, 100, 100)]
    public void Rests_WhatHandingOutTakes_PaysForNone(int connections, int turns, params int[] expected)
    {
        var steps = new Steps();
        var rests = new DeliveryRests(DeliveryPace.Default, steps.Time);
        Assert.False(rests.Due > TimeSpan.Zero);
        var taken = expected.Select(_ =>
        {
            rests.Begin();
            steps.Pass(TimeSpan.FromMilliseconds(200));
            rests.End(connections, turns);
            var due = rests.Due > TimeSpan.Zero ? rests.Due : TimeSpan.Zero;
            steps.Pass(due);
            return (int)due.TotalMilliseconds;
        }).ToList();
        Assert.Equal(expected, taken);

        steps.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal(-DeliveryPace.Default.Credit, rests.Due);
    }
}
