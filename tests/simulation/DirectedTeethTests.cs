using ChatGenius.TestSupport.Stepping;
using System.Text.Json;
using ChatGenius.Client;
using ChatGenius.Contracts;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Internal;
using ChatGenius.Feeds;
using ChatGenius.Feeds.Owning;
using ChatGenius.Hosting.Feeds;
using ChatGenius.Realtime.Backplane;
using ChatGenius.Realtime.LiveFeeds;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatGenius.SimulationTests;

/// <summary>Bugs whose moment is too rare to wait for: the moment is made, and must go well without the bug and wrong with it.</summary>
public sealed class DirectedTeethTests
{
    const string Feed = "channels/00000001-0002-7000-8000-000000000000/messages";

    /// <summary>The bugs that are shown here.</summary>
    internal static readonly Bug[] Shown = [Bug.FenceReadFirst, Bug.LatePageTaken, Bug.MergedAcrossAGap, Bug.AnswerTakenAcrossAReset, Bug.SubscribedAfterReading, Bug.FutureBelieved, Bug.LateResetTaken];

    [Fact]
    public async Task FenceReadFirst_AMessageIsAcceptedBetweenTheReads_ItsFenceIsNotSaid()
    {
        Assert.True(await SaysAFenceThatCoversItsContent(Bug.None));
        Assert.False(await SaysAFenceThatCoversItsContent(Bug.FenceReadFirst));
    }

    [Fact]
    public void LatePageTaken_APageOfAnEpochThatEnded_IsHeldAgain()
    {
        Assert.True(LeavesTheOldPage(Bug.None));
        Assert.False(LeavesTheOldPage(Bug.LatePageTaken));
    }

    [Fact]
    public async Task MergedAcrossAGap_AnotherInstanceCommittedInBetween_ItsChangeIsLost()
    {
        Assert.True(await SaysNoMoreThanItKnows(Bug.None));
        Assert.False(await SaysNoMoreThanItKnows(Bug.MergedAcrossAGap));
    }

    [Fact]
    public void AnswerTakenAcrossAReset_OfAHistoryThatIsGone_OverwritesWhatIsThere()
    {
        Assert.True(LeavesTheOldAnswer(Bug.None));
        Assert.False(LeavesTheOldAnswer(Bug.AnswerTakenAcrossAReset));
    }

    [Fact]
    public void SubscribedAfterReading_SomethingIsSaidInBetween_NobodyHearsIt()
    {
        Assert.True(HearsWhatIsSaidWhileItReads(Bug.None));
        Assert.False(HearsWhatIsSaidWhileItReads(Bug.SubscribedAfterReading));
    }

    [Fact]
    public async Task FutureBelieved_AServiceHoldsWhatTheDatabaseLost_TheOwnerDoesNotNotice()
    {
        Assert.True(await NoticesThatItLostHistory(Bug.None));
        Assert.False(await NoticesThatItLostHistory(Bug.FutureBelieved));
    }

    [Fact]
    public void LateResetTaken_AfterANewerDelta_TakesTheReaderBack()
    {
        Assert.True(StaysWhereItStands(Bug.None));
        Assert.False(StaysWhereItStands(Bug.LateResetTaken));
    }

    static bool StaysWhereItStands(Bug bug)
    {
        var view = new FeedView(FeedName.Parse(Feed), bug);
        view.Offer(new Delta { Feed = Feed, Epoch = 1, To = 1, Reset = true, Floor = 1, Items = [Item(1)] });
        view.Offer(Change(2));
        view.Offer(new Delta { Feed = Feed, Epoch = 1, To = 1, Reset = true, Floor = 1, Items = [Item(1)] });
        return view.Position.Revision == 2 && view.Items.Count == 2;
    }

    static async Task<bool> NoticesThatItLostHistory(Bug bug)
    {
        var request = new PullRequest { Follower = true, Positions = [new SyncPosition { Feed = Feed, Epoch = 1, Revision = 9 }] };
        var (_, lostIn) = await new FeedReads(bug).AnswerAsync(new RemovalBetweenReads(), request, CancellationToken.None);
        return lostIn == 1;
    }

    static bool LeavesTheOldAnswer(Bug bug)
    {
        var view = new FeedView(FeedName.Parse(Feed), bug);
        view.Offer(new Delta { Feed = Feed, Epoch = 1, To = 3, Reset = true, Floor = 1, Items = [Item(1)] });
        var drops = view.Drops;
        view.Offer(new Delta { Feed = Feed, Epoch = 7, To = 2, Reset = true, Floor = 1, Items = [Item(1)] });
        return !view.Update(ContractsJson.ToItem(new { id = WorldId(1), revision = 4, seq = 1 }), drops);
    }

    static bool HearsWhatIsSaidWhileItReads(Bug bug)
    {
        var steps = new Steps();
        var name = FeedName.UserChannels(World.SimWorld.Id(1, 0));
        var cache = new LocalBackplane();
        var said = new Delta { Feed = name.ToString(), Epoch = 1, To = 1, Items = [] };
        var meters = new LiveFeedMeters(new FeedMeters(new NoMeters()), new NoMeters());
        var services = new LiveFeedServices(cache, _ => new TalkingOwner(cache, said), TimeSpan.FromHours(1), steps.Time, meters, NullLogger.Instance, bug: bug);
        var feed = new LiveFeed(name, null, services);
        steps.Finish(() => feed.ActivateAsync(new SyncPosition { Feed = name.ToString() }, CancellationToken.None));
        steps.Pass(TimeSpan.FromSeconds(1));
        return feed.Stands.Revision == 1;
    }

    static async Task<bool> SaysAFenceThatCoversItsContent(Bug bug)
    {
        var request = new PullRequest { Positions = [new SyncPosition { Feed = Feed, Epoch = 1, Revision = 1 }] };
        var (answer, _) = await new FeedReads(bug).AnswerAsync(new RemovalBetweenReads(), request, CancellationToken.None);
        return Assert.Single(answer.Deltas).Fence is { Revision: >= RemovalBetweenReads.Removal };
    }

    static bool LeavesTheOldPage(Bug bug)
    {
        var reader = new FeedReader(FeedReader.DefaultSetAside, bug);
        reader.Offer(new Delta { Feed = Feed, Epoch = 1, To = 9, Reset = true, Floor = 3, Items = [] });
        reader.Offer(new Delta { Feed = Feed, Epoch = 7, To = 4, Reset = true, Floor = 3, Items = [] });
        return !reader.TryJoin(new Position { Feed = Feed, Epoch = 1, Revision = 9 }, first: 1, last: 2);
    }

    static async Task<bool> SaysNoMoreThanItKnows(Bug bug)
    {
        var (sent, slot) = (new List<Delta>(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var outlet = new DeltaOutlet(async (deltas, _) =>
        {
            sent.AddRange(deltas);
            await slot.Task;
        }, (_, _) => { }, TimeProvider.System, inFlight: 1, bug);
        var running = outlet.RunAsync(CancellationToken.None);
        outlet.Publish([Change(1)]);
        while (sent.Count == 0)
            await Task.Yield();
        // Revision 3 is another instance's.
        outlet.Publish([Change(2)]);
        outlet.Publish([Change(4)]);
        outlet.Complete();
        slot.SetResult();
        await running;
        return sent.TrueForAll(d => d.To == d.From + 1);
    }

    static Delta Change(long revision) => new() { Feed = Feed, Epoch = 1, From = revision - 1, To = revision, Items = [Item(revision)] };

    static JsonElement Item(long revision) => ContractsJson.ToItem(new { id = WorldId(revision), revision, seq = revision });

    static Guid WorldId(long number) => World.SimWorld.Id(3, (int)number);

    /// <summary>A database in which somebody is removed, and then a message accepted, between the first read and the read of the rows.</summary>
    sealed class RemovalBetweenReads : IFeedSnapshot
    {
        public const long Removal = 6;

        long _members = 5;

        public Task<long> EpochAsync(CancellationToken cancellation) => Task.FromResult(1L);

        public Task<IReadOnlyDictionary<string, LockedFeed>> HeadsAsync(IReadOnlyCollection<string> feeds, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyDictionary<string, LockedFeed>>(new Dictionary<string, LockedFeed> { [Feed] = new(FeedName.Parse(Feed), 2, 2) });

        public Task<IReadOnlyList<JsonElement>> SinceAsync(FeedName feed, long after, long head, int limit, CancellationToken cancellation)
        {
            _members = Removal;
            return Task.FromResult<IReadOnlyList<JsonElement>>([Item(2)]);
        }

        public Task<FeedWindow?> WindowAsync(FeedName feed, long? after, long head, CancellationToken cancellation) => Task.FromResult<FeedWindow?>(null);

        public Task<Fence?> FenceAsync(FeedName feed, CancellationToken cancellation) => Task.FromResult<Fence?>(new Fence { Epoch = 1, Revision = _members });
    }

    /// <summary>An owner of an empty feed, in which something happens while the answer is on its way.</summary>
    sealed class TalkingOwner(IBackplane backplane, Delta said) : IFeedOwner
    {
        public Task<PullAnswer> PullAsync(PullRequest request, CancellationToken cancellation)
        {
            backplane.Publish(Topics.Feed(said.Feed), new FeedSaid { Delta = said });
            return Task.FromResult(new PullAnswer { Deltas = [], Heads = [new Head { Feed = said.Feed, Epoch = 1 }], Failed = [] });
        }

        public Task<ShardSums> SumsAsync(FeedKind kind, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IReadOnlyList<Head>> ShardAsync(FeedKind kind, int shard, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
