using ChatGenius.Contracts.Feeds;
using ChatGenius.Feeds;
using CsCheck;
using Xunit;

namespace ChatGenius.FeedsTests;

public class FeedReaderTests
{
    // A run: which entity changes at each revision, and how the network treats each delta.
    static readonly Gen<(int[] Changes, int[] Fates, int Epoch)> s_runs = Gen.Select(Gen.Int[0, 5].Array[1, 40], Gen.Int[0, 9].Array[120], Gen.Int[1, 3]);

    [Fact]
    public void Offer_AnyLossDuplicationAndOrder_ConvergesToTheOwner() => s_runs.Sample(run =>
    {
        var history = new History(run.Changes);
        var (reader, held, fates) = (new FeedReader(setAsideLimit: 4), new Dictionary<string, long>(), new Queue<int>(run.Fates));
        var late = new List<Delta>();
        for (long sent = 0; sent < history.Head;)
        {
            var to = Math.Min(history.Head, sent + 1 + Fate(fates) % 3);
            var delta = history.Since(sent, to, run.Epoch);
            sent = to;
            switch (Fate(fates))
            {
                case 0 or 1:
                    break; // lost
                case 2 or 3:
                    late.Add(delta);
                    break;
                case 4:
                    Offer(reader, held, delta, history, sent, run.Epoch);
                    Offer(reader, held, delta, history, sent, run.Epoch);
                    break;
                default:
                    Offer(reader, held, delta, history, sent, run.Epoch);
                    break;
            }
            if (late.Count > 2)
            {
                Offer(reader, held, late[0], history, sent, run.Epoch);
                late.RemoveAt(0);
            }
        }
        // The tick that every reader has.
        Offer(reader, held, Answer(reader, history, history.Head, run.Epoch), history, history.Head, run.Epoch);
        foreach (var delta in late)
            Offer(reader, held, delta, history, history.Head, run.Epoch);
        Assert.Equal((run.Epoch, history.Head), (reader.Epoch, reader.Revision));
        Assert.Equal(history.StateAt(history.Head), new SortedDictionary<string, long>(held, StringComparer.Ordinal));
        Assert.Equal(0, reader.SetAside);
    });

    [Fact]
    public void Offer_NewerEpochWithoutReset_WaitsForTheReset()
    {
        var history = new History([1, 2, 3]);
        var reader = new FeedReader();
        reader.StandAt(1, 7);
        Assert.Equal(Need.AskNow, reader.Offer(history.Since(2, 3, epoch: 2)).Need);
        Assert.Equal((1L, 7L), (reader.Epoch, reader.Revision));
        var step = reader.Offer(history.Since(0, 2, epoch: 2, reset: true));
        Assert.Equal([2L, 3L], step.Applied.Select(d => d.To));
        Assert.Equal((2L, 3L, Need.Nothing), (reader.Epoch, reader.Revision, step.Need));
    }

    [Fact]
    public void Offer_MoreThanMayWait_LetsGoAndAsks()
    {
        var history = new History([.. Enumerable.Range(0, 20)]);
        var reader = new FeedReader(setAsideLimit: 3);
        reader.StandAt(1, 0);
        for (var from = 1; from <= 3; from++)
            Assert.Equal(Need.AskSoon, reader.Offer(history.Since(from, from + 1)).Need);
        Assert.Equal(Need.AskNow, reader.Offer(history.Since(4, 5)).Need);
        Assert.Equal(0, reader.SetAside);
    }

    static void Offer(FeedReader reader, Dictionary<string, long> held, Delta delta, History history, long head, long epoch)
    {
        var (epochBefore, revisionBefore) = (reader.Epoch, reader.Revision);
        var step = reader.Offer(delta);
        foreach (var applied in step.Applied)
        {
            if (applied.Reset)
                held.Clear();
            foreach (var item in applied.Items)
                held[FeedItems.Key(FeedKind.Users, item)] = FeedItems.Revision(item);
        }
        Assert.True((reader.Epoch, reader.Revision).CompareTo((epochBefore, revisionBefore)) >= 0, "A position moved back.");
        // Standing at r means that every entity last changed at or below r is held.
        foreach (var (entity, revision) in history.StateAt(reader.Epoch == 0 ? 0 : reader.Revision))
            Assert.True(held.TryGetValue(entity, out var mine) && mine >= revision, $"{entity} is not held at {reader.Revision}.");
        if (step.Need == Need.AskNow)
            Offer(reader, held, Answer(reader, history, head, epoch), history, head, epoch);
    }

    static Delta Answer(FeedReader reader, History history, long head, long epoch) =>
        history.Since(reader.Revision, Math.Max(head, reader.Revision), epoch, reset: reader.Epoch != epoch);

    static int Fate(Queue<int> fates) => fates.TryDequeue(out var fate) ? fate : 9;
}
