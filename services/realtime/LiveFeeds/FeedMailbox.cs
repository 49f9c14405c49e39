using System.Threading.Channels;

namespace ChatGenius.Realtime.LiveFeeds;

/// <summary>
/// What was said of one feed and waits for its loop. The bus brings commits in any order when they are close to each other; handed on as they come, each that another had overtaken would be a delta of its
/// own, and to thousands of connections the next ones would wait a tenth of a second for each. Anyone may offer; one loop takes.
/// </summary>
internal sealed class FeedMailbox
{
    /// <summary>How many may have arrived, and how many more the loop sorts.</summary>
    const int Limit = 1024;

    readonly Channel<FeedSaid> _arrived = Channel.CreateBounded<FeedSaid>(new BoundedChannelOptions(Limit) { SingleReader = true });
    readonly List<FeedSaid> _sorted = [];

    /// <summary>True when there is nothing to take; for the loop.</summary>
    public bool IsEmpty => _sorted.Count == 0 && !_arrived.Reader.TryPeek(out _);

    /// <summary>Never waits.</summary>
    /// <returns>False when it is full.</returns>
    public bool TryOffer(FeedSaid said) => _arrived.Writer.TryWrite(said);

    /// <summary>Takes the earliest by its revisions, and all that follows it without a gap, as one; for the loop, when it is not empty.</summary>
    public FeedSaid Take()
    {
        while (_sorted.Count < Limit && _arrived.Reader.TryRead(out var next))
            _sorted.Add(next);
        _sorted.Sort(static (a, b) => (a.Delta.Epoch, a.Delta.From).CompareTo((b.Delta.Epoch, b.Delta.From)));
        var (said, taken) = (_sorted[0], 1);
        for (; taken < _sorted.Count && Deltas.TryJoin(said.Delta, _sorted[taken].Delta, out var joined); taken++)
            said = (said.CommittedAt is null || said.CommittedAt > _sorted[taken].CommittedAt ? _sorted[taken] : said) with { Delta = joined };
        _sorted.RemoveRange(0, taken);
        return said;
    }
}
