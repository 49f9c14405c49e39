using ChatGenius.Contracts.Feeds;
using ChatGenius.Feeds;
using Xunit;

namespace ChatGenius.FeedsTests;

public class ReaderRuleTests
{
    [Theory]
    [InlineData(2, 5, 1, 4, 6, false, Verdict.Ignore)] // older epoch
    [InlineData(2, 5, 1, 0, 9, true, Verdict.Ignore)] // older epoch, though a reset
    [InlineData(2, 5, 2, 0, 4, true, Verdict.Ignore)] // late reset of the same epoch
    [InlineData(2, 5, 2, 0, 5, true, Verdict.Reset)]
    [InlineData(2, 5, 2, 0, 8, true, Verdict.Reset)]
    [InlineData(2, 5, 3, 0, 1, true, Verdict.Reset)] // a newer epoch may begin lower
    [InlineData(2, 5, 3, 5, 6, false, Verdict.Ask)] // a newer epoch without a reset changes nothing
    [InlineData(0, 0, 1, 0, 3, false, Verdict.Ask)] // holding nothing
    [InlineData(2, 5, 2, 5, 6, false, Verdict.Apply)]
    [InlineData(2, 5, 2, 3, 6, false, Verdict.Apply)] // overlapping
    [InlineData(2, 5, 2, 3, 5, false, Verdict.Ignore)] // nothing new
    [InlineData(2, 5, 2, 6, 7, false, Verdict.Gap)]
    [InlineData(1, 0, 1, 0, 1, false, Verdict.Apply)] // an empty feed's position
    public void Judge_EachCase_IsAsTheRuleSays(long epoch, long revision, long deltaEpoch, long from, long to, bool reset, Verdict expected) =>
        Assert.Equal(expected, ReaderRule.Judge(epoch, revision, new Delta { Feed = History.Feed, Epoch = deltaEpoch, From = from, To = to, Reset = reset, Items = [] }));

    [Theory]
    [InlineData(3, 10, 0, 0, false, OwnerVerdict.Snapshot)]
    [InlineData(3, 10, 2, 99, true, OwnerVerdict.Snapshot)]
    [InlineData(3, 10, 3, 10, false, OwnerVerdict.Current)]
    [InlineData(3, 10, 3, 4, false, OwnerVerdict.Since)]
    [InlineData(3, 10, 3, 11, false, OwnerVerdict.Ahead)]
    [InlineData(3, 10, 4, 1, false, OwnerVerdict.Ahead)]
    [InlineData(3, 10, 3, 11, true, OwnerVerdict.HistoryLost)]
    [InlineData(3, 10, 4, 1, true, OwnerVerdict.HistoryLost)]
    public void Owner_EachPosition_IsJudged(long ownerEpoch, long head, long epoch, long revision, bool follower, OwnerVerdict expected) =>
        Assert.Equal(expected, OwnerRule.Judge(ownerEpoch, head, epoch, revision, follower));
}
