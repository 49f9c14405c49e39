using System.Text.Json;
using ChatGenius.Contracts;
using ChatGenius.Contracts.Edge;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Feeds;
using CsCheck;
using Xunit;

namespace ChatGenius.FeedsTests.Reading;

public class RecentChangesTests
{
    static readonly FeedName s_feed = FeedName.Parse(History.Feed);

    [Fact]
    public void Since_AnyHistoryAndPosition_IsWhatTheOwnerWouldSay() =>
        Gen.Select(Gen.Int[0, 9].Array[1, 40], Gen.Int[0, 40], Gen.Int[1, 7].Array[40], Gen.Int[-2, 42]).Sample((changes, begin, steps, asked) =>
        {
            var (history, recent) = (new History(changes), new RecentChanges(s_feed));
            begin = Math.Min(begin, changes.Length);
            recent.Begin(1, begin);
            for (var (at, i) = ((long)begin, 0); at < history.Head; i++)
            {
                var to = Math.Min(at + steps[i], history.Head);
                recent.Add(history.Since(at, to));
                at = to;
                Judge(history, recent, asked, begin);
            }
            Judge(history, recent, asked, begin);
        });

    [Fact]
    public void Since_OfMoreEntitiesThanAreKept_IsWhatTheOwnerWouldSayOrNothing() =>
        Gen.Select(Gen.Int[0, 900].Array[RecentChanges.MaxItems, 1100], Gen.Int[0, 1100]).Sample((changes, asked) =>
        {
            var (history, recent) = (new History(changes), new RecentChanges(s_feed));
            recent.Begin(1, 0);
            recent.Add(history.Since(0, history.Head / 2));
            recent.Add(history.Since(history.Head / 2, history.Head));
            Assert.Equal(Math.Min(RecentChanges.MaxItems, history.StateAt(history.Head).Count), recent.Since(1, recent.From)!.Items.Count);
            Judge(history, recent, asked, recent.From);
            Judge(history, recent, recent.From, recent.From);
        }, iter: 20);

    [Fact]
    public void Since_OfLargeEntities_FitsIntoOneDelta()
    {
        var recent = new RecentChanges(s_feed);
        recent.Begin(1, 0);
        for (var revision = 1; revision <= 300; revision++)
            recent.Add(new Delta { Feed = History.Feed, Epoch = 1, From = revision - 1, To = revision, Items = [History.Item("e" + revision, revision, padding: 4000)] });

        Assert.Null(recent.Since(1, recent.From - 1));
        var since = recent.Since(1, recent.From)!;
        Assert.Equal(300 - recent.From, since.Items.Count);
        Assert.InRange(Deltas.Bytes(since), Limits.DeltaBytes / 2, Limits.DeltaBytes);
    }

    [Fact]
    public void Since_InAnotherEpoch_IsNothing()
    {
        var (history, recent) = (new History([1, 2, 3]), new RecentChanges(s_feed));
        recent.Begin(1, 0);
        recent.Add(history.Since(0, 3));

        Assert.Null(recent.Since(2, 1));
        Assert.Null(recent.Since(0, 0));
    }

    [Fact]
    public void Reset_BeginsAnewInItsEpoch()
    {
        var (history, recent) = (new History([1, 2, 3, 1]), new RecentChanges(s_feed));
        recent.Begin(1, 0);
        recent.Add(history.Since(0, 4));

        recent.Add(history.Since(0, 3, epoch: 2, reset: true));
        recent.Add(history.Since(3, 4, epoch: 2));

        Assert.Null(recent.Since(1, 3));
        Assert.Null(recent.Since(2, 2));
        Assert.Equal(Json(history.Since(3, 4, epoch: 2)), Json(recent.Since(2, 3)));
    }

    static void Judge(History history, RecentChanges recent, long asked, long known)
    {
        var said = recent.Since(1, asked);
        if (asked < known || asked > recent.To)
            Assert.Null(said);
        else
            Assert.Equal(Json(history.Since(asked, recent.To)), Json(said));
    }

    static string Json(Delta? delta) => JsonSerializer.Serialize(delta, ContractsJson.Options);
}
