using Xunit;
using Xunit.Abstractions;

namespace ChatGenius.FeedsTests.Costs;

/// <summary>
/// What the hot paths allocate for each operation. The bounds lie an eighth at most above what was measured: who makes one of them smaller lowers its bound, and who must raise one says why.
/// </summary>
public sealed class HotPathTests(CountedPaths counted, ITestOutputHelper output) : IClassFixture<CountedPaths>
{
    // Bytes for each delta judged, delivery, idle connection, merged delta, post and command.
    public static TheoryData<string, long> Bounds => new()
    {
        { "ReadersRule", 0 },
        { "FanOut", 207 },
        { "IdleConnection", 810 },
        { "Merge", 9200 },
        { "Post", 2775 },
        { "GroupCommit", 793 },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public void Path_ForEachOperation_AllocatesNoMoreThanItsBound(string path, long bound)
    {
        var bytes = counted.Bytes[path];
        output.WriteLine($"{path}: {bytes} bytes for each, at most {bound}");
        Assert.True(bytes <= bound, $"{path}: {bytes} bytes for each, more than {bound}.");
    }

    [Fact]
    public void EveryPath_ThatIsCounted_HasABound() => Assert.Equal(counted.Bytes.Keys.Order(), Bounds.Select(bound => (string)bound[0]).Order());
}
