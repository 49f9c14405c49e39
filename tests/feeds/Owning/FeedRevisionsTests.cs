using System.Text.Json;
using ChatGenius.Contracts;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Feeds.Owning;
using CsCheck;
using Xunit;

namespace ChatGenius.FeedsTests.Owning;

public class FeedRevisionsTests
{
    static readonly Gen<int[]> s_changes = Gen.Int[0, 4].Array[1, 12];

    [Fact]
    public void Deltas_WhateverATransactionChanges_SayEachEntityOnceInItsLastState() => Gen.Select(s_changes, Gen.Int[0, 12]).Sample((changes, before) =>
    {
        before = Math.Min(before, changes.Length - 1);
        var (history, revisions) = (new History(changes), new FeedRevisions(1, [new LockedFeed(FeedName.Users, before, 0)]));
        for (var i = before; i < changes.Length; i++)
            revisions.Changed(FeedName.Users, History.Item("e" + changes[i], revisions.NextRevision(FeedName.Users)));

        Assert.Equal(Json(history.Since(before, history.Head)), Json(Assert.Single(revisions.Deltas())));
    });

    [Fact]
    public void Deltas_OfAFeedThatTookNoRevision_AreNone() => Assert.Empty(new FeedRevisions(1, [new LockedFeed(FeedName.Users, 5, 0)]).Deltas());

    [Fact]
    public void Deltas_OfMoreThanOneDeltaHolds_AreSlicesOfWhichNoneSaysThatMoreIsWithTheOwner()
    {
        var revisions = new FeedRevisions(1, [new LockedFeed(FeedName.Users, 0, 0)]);
        for (var i = 0; i < 3; i++)
            revisions.Changed(FeedName.Users, History.Item("e" + i, revisions.NextRevision(FeedName.Users), padding: 100_000));

        var slices = revisions.Deltas();

        Assert.Equal([(0L, 2L), (2L, 3L)], slices.Select(slice => (slice.From, slice.To)));
        Assert.DoesNotContain(slices, slice => slice.More);
    }

    static string Json(Delta delta) => JsonSerializer.Serialize(delta, ContractsJson.Options);
}
