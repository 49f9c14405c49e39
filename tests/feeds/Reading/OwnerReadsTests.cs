using ChatGenius.Contracts.Feeds;
using ChatGenius.Realtime.LiveFeeds;
using ChatGenius.TestSupport.Stepping;
using Xunit;

namespace ChatGenius.FeedsTests.Reading;

public class OwnerReadsTests
{
    readonly Steps _steps = new();
    readonly PlayedOwner _owner = new();
    readonly List<int> _counted = [];
    readonly OwnerReads _reads;

    public OwnerReadsTests() => _reads = new OwnerReads(() => _owner, _counted.Add);

    [Fact]
    public void Asks_OfTheSameMoment_GoInOneCall_AndTheSamePositionOnce()
    {
        var reads = Ask("a", "b", "a");

        Assert.Equal(["a", "b"], FeedsOf(0));
        Assert.Single(_owner.Calls);
        _steps.Do(() => _owner.Answer(0, revision: 7));
        Assert.All(reads, read => Assert.Equal(7, Steps.Done(read).Head!.Revision));
        Assert.Equal([2], _counted);
    }

    [Fact]
    public void Read_ThatBegan_IsNeverJoined()
    {
        var first = Ask("a").Single();
        var second = Ask("a").Single();
        Assert.Equal(2, _owner.Calls.Count);

        _steps.Do(() => _owner.Answer(0, revision: 1));
        Assert.True(first.IsCompletedSuccessfully);
        Assert.False(second.IsCompleted);
        _steps.Do(() => _owner.Answer(1, revision: 2));

        Assert.Equal((1L, 2L), (Steps.Done(first).Head!.Revision, Steps.Done(second).Head!.Revision));
    }

    [Fact]
    public void Asks_WhileEveryCallHangs_WaitAndGoTogether()
    {
        for (var i = 0; i < 4; i++)
            Ask("hangs " + i);
        Ask("a");
        Ask("b", "a");
        Assert.Equal(4, _owner.Calls.Count);

        _steps.Do(() => _owner.Answer(2, revision: 1));

        Assert.Equal(["a", "b"], FeedsOf(4));
        Assert.Equal(5, _owner.Calls.Count);
    }

    [Fact]
    public void Call_ThatFails_FailsItsOwnAsksOnly_AndLaterOnesGoOn()
    {
        var failing = Ask("a", "b");
        var other = Ask("c").Single();

        _steps.Do(() => _owner.Calls[0].Answer.SetException(new HttpRequestException("away")));
        Assert.All(failing, read => Assert.IsType<HttpRequestException>(read.Exception!.InnerException));
        _steps.Do(() => _owner.Answer(1, revision: 3));
        var later = Ask("a").Single();
        _steps.Do(() => _owner.Answer(2, revision: 4));

        Assert.Equal((3L, 4L), (Steps.Done(other).Head!.Revision, Steps.Done(later).Head!.Revision));
    }

    [Fact]
    public void OneFeed_FromTwoPositions_GoesInTwoCalls()
    {
        _steps.Do(() =>
        {
            _ = _reads.ReadAsync(new SyncPosition { Feed = "a", Epoch = 1, Revision = 1 }, follower: false, CancellationToken.None);
            _ = _reads.ReadAsync(new SyncPosition { Feed = "a", Epoch = 1, Revision = 2 }, follower: false, CancellationToken.None);
        });

        Assert.All(_owner.Calls, call => Assert.Single(call.Request.Positions));
        Assert.Equal([1L, 2L], _owner.Calls.Select(call => call.Request.Positions[0].Revision!.Value).Order());
    }

    [Fact]
    public void Call_SpeaksForTheInstanceOrForClients_NeverForBoth()
    {
        _steps.Do(() =>
        {
            _ = _reads.ReadAsync(new SyncPosition { Feed = "a" }, follower: true, CancellationToken.None);
            _ = _reads.ReadAsync(new SyncPosition { Feed = "b" }, follower: false, CancellationToken.None);
        });

        Assert.Equal([("a", true), ("b", false)], _owner.Calls.Select(call => (call.Request.Positions.Single().Feed, call.Request.Follower)).Order());
    }

    List<Task<FeedRead>> Ask(params string[] feeds)
    {
        var reads = new List<Task<FeedRead>>();
        _steps.Do(() => reads.AddRange(feeds.Select(feed => _reads.ReadAsync(new SyncPosition { Feed = feed, Epoch = 1, Revision = 0 }, follower: false, CancellationToken.None))));
        return reads;
    }

    IEnumerable<string> FeedsOf(int call) => _owner.Calls[call].Request.Positions.Select(p => p.Feed);
}
