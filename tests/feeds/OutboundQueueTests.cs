using ChatGenius.Contracts.Feeds;
using ChatGenius.Feeds;
using ChatGenius.Realtime.Connections;
using CsCheck;
using Xunit;

namespace ChatGenius.FeedsTests;

public class OutboundQueueTests
{
    [Fact]
    public void Add_AnyFeedsAndPace_ClientLosesNothing() => Gen.Select(Gen.Int[0, 2].Array[1, 200], Gen.Int[0, 6].Array[200], Gen.Int[1, 6]).Sample((feeds, takes, limit) =>
    {
        var queue = new OutboundQueue(limit, maxBytes: 1_000_000);
        var heads = new long[3];
        var client = Enumerable.Range(0, 3).Select(_ => new FeedReader()).ToArray();
        foreach (var reader in client)
            reader.StandAt(1, 0);
        for (var i = 0; i < feeds.Length; i++)
        {
            var feed = feeds[i];
            heads[feed]++;
            queue.Add(Outgoing.Of(Change(feed, heads[feed])));
            if (takes[i] < 3)
                Deliver(queue, client, heads);
        }
        while (!queue.IsEmpty)
            Deliver(queue, client, heads);
        Assert.Equal(heads, client.Select(c => c.Revision));
    });

    [Fact]
    public void Add_ManyOfOneFeed_LeaveAsOne()
    {
        var queue = new OutboundQueue(maxDeltas: 4, maxBytes: 1_000_000);
        for (var revision = 1; revision <= 100; revision++)
            queue.Add(Outgoing.Of(Change(0, revision)));
        Assert.True(queue.TryTake(out var outgoing));
        Assert.Equal((0L, 100L), (outgoing.Delta!.From, outgoing.Delta.To));
        Assert.True(queue.IsEmpty);
    }

    [Fact]
    public void Add_TheSameToManyConnections_IsJoinedOnceForAll()
    {
        Outgoing[] said = [.. Enumerable.Range(1, 10).Select(revision => Outgoing.Of(Change(0, revision)))];
        var left = Enumerable.Range(0, 3).Select(_ =>
        {
            var queue = new OutboundQueue(maxDeltas: 4, maxBytes: 1_000_000);
            foreach (var outgoing in said)
                queue.Add(outgoing);
            return queue.TryTake(out var joined) ? joined : null;
        }).ToList();
        Assert.Equal((0L, 10L), (left[0]!.Delta!.From, left[0]!.Delta!.To));
        Assert.All(left, joined => Assert.Same(left[0], joined));
    }

    [Fact]
    public void Add_BeyondTheBound_TellsToSyncEveryFeedThatWasLetGo()
    {
        var queue = new OutboundQueue(maxDeltas: 2, maxBytes: 1_000_000);
        for (var feed = 0; feed < 3; feed++)
            queue.Add(Outgoing.Of(Change(feed, 1)));
        Assert.Equal(1, queue.Overflows);
        Assert.True(queue.TryTake(out var behind));
        Assert.Equal(Enumerable.Range(0, 3).Select(f => Change(f, 1).Feed).Order(), behind.ToSync.Order());
        Assert.True(queue.IsEmpty);
    }

    static void Deliver(OutboundQueue queue, FeedReader[] client, long[] heads)
    {
        if (!queue.TryTake(out var outgoing))
            return;
        if (outgoing.Delta is { } delta)
            client[FeedOf(delta)].Offer(delta);
        else
            // Behind: the client syncs from its own positions, and the owner answers up to the head.
            foreach (var feed in outgoing.ToSync.Select(f => (int)FeedName.Parse(f).Id.ToByteArray()[0]))
                client[feed].Offer(Change(feed, heads[feed]) with { From = client[feed].Revision });
    }

    static int FeedOf(Delta delta) => FeedName.Parse(delta.Feed).Id.ToByteArray()[0];

    static Delta Change(int feed, long revision) => new()
    {
        Feed = FeedName.Messages(new Guid(feed, 0, 0, new byte[8])).ToString(),
        Epoch = 1,
        From = revision - 1,
        To = revision,
        Items = revision == 0 ? [] : [History.Item("m" + revision, revision)],
    };
}
