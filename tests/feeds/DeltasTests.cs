using System.Text.Json;
using ChatGenius.Contracts;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Feeds;
using CsCheck;
using Xunit;

namespace ChatGenius.FeedsTests;

public class DeltasTests
{
    static readonly Gen<(int[] Changes, int A, int B, int C)> s_cuts =
        Gen.Int[0, 5].Array[3, 30].SelectMany(changes => Gen.Select(Gen.Const(changes), Gen.Int[0, changes.Length], Gen.Int[0, changes.Length], Gen.Int[0, changes.Length]));

    [Fact]
    public void Join_TouchingDeltas_IsTheDeltaOfTheWholeSpan() => s_cuts.Sample(run =>
    {
        var history = new History(run.Changes);
        var cuts = new[] { run.A, run.B, run.C }.Order().ToArray();
        Assert.True(Deltas.TryJoin(history.Since(cuts[0], cuts[1]), history.Since(cuts[1], cuts[2]), out var joined));
        Assert.Equal(Json(history.Since(cuts[0], cuts[2])), Json(joined));
    });

    [Fact]
    public void Join_AcrossAGap_IsRefused() => s_cuts.Sample(run =>
    {
        var history = new History(run.Changes);
        var cuts = new[] { run.A, run.B, run.C }.Order().ToArray();
        if (cuts[1] > cuts[0])
            Assert.False(Deltas.TryJoin(history.Since(0, cuts[0]), history.Since(cuts[1], Math.Max(cuts[2], cuts[1])), out _));
    });

    [Fact]
    public void Join_OtherEpochOrReset_IsRefused()
    {
        var history = new History([1, 2, 3]);
        Assert.False(Deltas.TryJoin(history.Since(0, 1), history.Since(1, 2, epoch: 2), out _));
        Assert.False(Deltas.TryJoin(history.Since(0, 1), history.Since(0, 2, reset: true), out _));
    }

    [Fact]
    public void Join_Fences_TakesTheLater()
    {
        var history = new History([1, 2]);
        var first = history.Since(0, 1) with { Fence = new Fence { Epoch = 1, Revision = 9 } };
        var second = history.Since(1, 2) with { Fence = new Fence { Epoch = 1, Revision = 4 } };
        Assert.True(Deltas.TryJoin(first, second, out var joined));
        Assert.Equal(9, joined.Fence!.Revision);
    }

    [Fact]
    public void Cut_LargeDelta_SlicesFitAndFollowEachOther() => Gen.Select(Gen.Int[1, 60], Gen.Int[0, 400], Gen.Bool).Sample((count, padding, reset) =>
    {
        const int limit = 2048;
        var whole = new Delta { Feed = History.Feed, Epoch = 1, From = reset ? 0 : 3, To = 3 + count, Reset = reset, Items = [.. Enumerable.Range(4, count).Select(r => History.Item("e" + r, r, padding))] };
        var slices = Deltas.Cut(whole, limit);
        Assert.All(slices, s => Assert.True(Deltas.Bytes(s) <= limit));
        Assert.Equal(whole.From, slices[0].From);
        Assert.Equal(whole.To, slices[^1].To);
        Assert.All(slices.Zip(slices.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.Equal(whole.Items.Select(FeedItems.Revision), slices.SelectMany(s => s.Items).Select(FeedItems.Revision));
        Assert.Equal(slices.Select((_, i) => reset && i == 0), slices.Select(s => s.Reset));
        Assert.Equal(slices.Select((_, i) => i < slices.Count - 1), slices.Select(s => s.More));
    });

    [Fact]
    public void Shards_OfManyFeeds_AreSpread()
    {
        var counts = new int[FeedShard.Count];
        for (var i = 0; i < 25_600; i++)
            counts[FeedShard.Of(FeedName.Messages(new Guid(i, 0, 0, new byte[8])).ToString())]++;
        Assert.InRange(counts.Max(), 100, 200);
    }

    static string Json(Delta delta) => JsonSerializer.Serialize(delta, ContractsJson.Options);
}
