using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Internal;
using ChatGenius.Feeds;
using ChatGenius.FeedsTests.Connections;
using ChatGenius.Hosting.Feeds;
using ChatGenius.Realtime.Backplane;
using ChatGenius.Realtime.LiveFeeds;
using ChatGenius.TestSupport.Stepping;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatGenius.FeedsTests.Reading;

/// <summary>How long those who come back are answered from what an instance has, after it was compared with the owner.</summary>
public sealed class ServingTests : IDisposable
{
    static readonly TimeSpan s_tick = TimeSpan.FromSeconds(4);

    readonly OneInstance _instance = new();
    readonly PlayedOwner _owner = new();
    readonly SyncPosition _position = new() { Feed = FeedName.Users.ToString() };
    readonly LiveFeed _feed;

    public ServingTests()
    {
        var services = new LiveFeedServices(new LocalBackplane(), _ => _owner, s_tick, _instance.Steps.Time, new LiveFeedMeters(new FeedMeters(_instance), _instance), NullLogger.Instance);
        _feed = new LiveFeed(FeedName.Users, null, services);
        Task? active = null;
        _instance.Steps.Do(() => active = _feed.ActivateAsync(_position, CancellationToken.None));
        _instance.Steps.Do(() => _owner.Answer(0, revision: 7));
        Assert.True(active!.IsCompletedSuccessfully);
    }

    public void Dispose() => _instance.Dispose();

    [Fact]
    public void WhileTheNextComparisonMayBeUnderWay_TheLastOneCounts()
    {
        _instance.Steps.Pass(s_tick + IFeedOwner.Patience - TimeSpan.FromMilliseconds(10));
        Assert.Equal(7, Served()?.Head?.Revision);

        _instance.Steps.Pass(TimeSpan.FromMilliseconds(20));
        Assert.Null(Served());
    }

    // What leads there is on its way to all who are registered, as it is to those who never left.
    [Fact]
    public void WhenTheOwnerIsAhead_TheComparisonBeforeCounts_AndNoLongerThanItWould()
    {
        _instance.Steps.Pass(s_tick);
        Told(revision: 8);
        Assert.Equal(7, Served()?.Head?.Revision);

        _instance.Steps.Pass(IFeedOwner.Patience + TimeSpan.FromMilliseconds(10));
        Assert.Null(Served());
    }

    [Fact]
    public void WhatTheOwnerTold_CountsOnceItIsReached_FromWhenItWasTold()
    {
        _instance.Steps.Pass(s_tick);
        Told(revision: 8);
        Told(revision: 9);
        _instance.Steps.Do(() => _feed.Offer(new FeedSaid { Delta = Change(7, 9) }));
        _instance.Steps.Pass(IFeedOwner.Patience + s_tick - TimeSpan.FromMilliseconds(10));
        Assert.Equal(9, Served()?.Head?.Revision);

        _instance.Steps.Pass(TimeSpan.FromMilliseconds(20));
        Assert.Null(Served());
    }

    [Fact]
    public void WhenTheOwnerBeganAnew_ItIsAsked()
    {
        Told(revision: 1, epoch: 2);

        Assert.Null(Served());
    }

    [Fact]
    public void WhileOneAsks_WhomItsAnswerServes_WaitForIt_HoweverManyTheyAre()
    {
        Expire();
        var asked = Enumerable.Range(0, 3).SelectMany(_ => new[] { Ask(_position with { Epoch = 1, Revision = 7 }), Ask(_position with { Mode = SyncMode.Heads }) }).ToList();
        Assert.Single(Calls);

        _instance.Steps.Do(() => _owner.Answer(1, revision: 7));

        Assert.All(asked, one => Assert.Equal(7, Steps.Done(one).Head?.Revision));
        Assert.Single(Calls);
    }

    [Fact]
    public void WhileOneAsks_WhomItsAnswerCannotServe_AskForThemselves()
    {
        Expire();
        Ask(_position with { Epoch = 1, Revision = 7 });
        Ask(_position);
        Ask(_position with { Epoch = 1, Revision = 6 });
        Ask(_position with { Epoch = 1, Revision = 7 }, registered: false);

        Assert.Equal(4, Calls.Count());
    }

    // Only its own position shows an owner that lost something.
    [Fact]
    public void WhoIsAheadOfTheAnswer_AsksForItselfAfterIt()
    {
        Expire();
        Ask(_position with { Epoch = 1, Revision = 7 });
        var ahead = Ask(_position with { Epoch = 1, Revision = 9 });
        Assert.Single(Calls);

        _instance.Steps.Do(() => _owner.Answer(1, revision: 7));
        Assert.False(ahead.IsCompleted);
        _instance.Steps.Do(() => _owner.Answer(2, revision: 9));

        Assert.Equal((9, 9), (Calls.Last().Positions[0].Revision, Steps.Done(ahead).Head?.Revision));
    }

    [Fact]
    public void WhenWhatOneAsks_Fails_AllWhoWaitForItFail_AndTheNextIsAskedAnew()
    {
        Expire();
        var asked = Enumerable.Range(0, 3).Select(_ => Ask(_position with { Epoch = 1, Revision = 7 })).ToList();

        _instance.Steps.Do(() => _owner.Calls[1].Answer.SetException(new HttpRequestException("away")));

        Assert.All(asked, one => Assert.IsType<HttpRequestException>(one.Exception?.InnerException));
        var next = Ask(_position with { Epoch = 1, Revision = 7 });
        _instance.Steps.Do(() => _owner.Answer(2, revision: 7));
        Assert.Equal(7, Steps.Done(next).Head?.Revision);
    }

    IEnumerable<PullRequest> Calls => _owner.Calls.Skip(1).Select(call => call.Request);

    void Expire() => _instance.Steps.Pass(s_tick + IFeedOwner.Patience + TimeSpan.FromMilliseconds(10));

    Task<FeedRead> Ask(SyncPosition position, bool registered = true)
    {
        Task<FeedRead>? asked = null;
        _instance.Steps.Do(() => asked = _feed.Answers.AskAsync(position, registered, CancellationToken.None));
        return asked!;
    }

    void Told(long revision, long epoch = 1) =>
        _instance.Steps.Do(() => _feed.Take(new FeedRead(null, new Head { Feed = _position.Feed, Epoch = epoch, Revision = revision }, null), countAsRepair: false));

    Delta Change(long from, long to) =>
        new() { Feed = _position.Feed, Epoch = 1, From = from, To = to, Items = [Contracts.ContractsJson.ToItem(new { id = Guid.CreateVersion7(), revision = to })] };

    FeedRead? Served()
    {
        var (connection, _) = _instance.Open();
        Assert.True(_feed.Readers.TryRegister(connection, _position with { Epoch = 1, Revision = 7 }, out var served));
        return served;
    }
}
