using ChatGenius.Realtime.LiveFeeds;
using Xunit;

namespace ChatGenius.FeedsTests.Connections;

public sealed class DeliveryPaceTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 0)]
    [InlineData(24, 0)]
    [InlineData(25, 1)]
    [InlineData(1_000, 40)]
    [InlineData(5_000, 100)]
    [InlineData(100_000, 100)]
    public void Between_GrowsWithTheConnectionsUpToABound(int connections, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), DeliveryPace.Default.Between(connections));
}
