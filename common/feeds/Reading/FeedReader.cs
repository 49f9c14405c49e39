using ChatGenius.Contracts.Feeds;

namespace ChatGenius.Feeds;

/// <summary>What a reader needs after a step.</summary>
public enum Need
{
    /// <summary>Nothing: it stands at the newest that it knows of.</summary>
    Nothing,

    /// <summary>It waits for a missing delta; if that has not come after <see cref="FeedReader.GapPatience"/>, ask for everything since its position.</summary>
    AskSoon,

    /// <summary>Ask for everything since its position now.</summary>
    AskNow,
}

/// <summary>What came of offering a delta.</summary>
/// <param name="Applied">The deltas to apply to what is held, in this order. Each either resets or upserts.</param>
/// <param name="Need">What the reader needs now.</param>
public readonly record struct ReaderStep(IReadOnlyList<Delta> Applied, Need Need);

/// <summary>
/// One reader of one feed: the reader's rule with a bounded set-aside. Deterministic, without clock or I/O; not thread-safe.
/// </summary>
public sealed class FeedReader
{
    /// <summary>How many deltas wait for a missing one by default.</summary>
    public const int DefaultSetAside = 64;

    /// <summary>How long a reader waits for a missing delta before it asks.</summary>
    public static readonly TimeSpan GapPatience = TimeSpan.FromMilliseconds(500);

    readonly List<Delta> _setAside = [];
    readonly int _setAsideLimit;
    readonly Bug _bug;

    /// <param name="setAsideLimit">Deltas that may wait for a missing one; beyond it all are let go, and the reader asks.</param>
    public FeedReader(int setAsideLimit = DefaultSetAside) : this(setAsideLimit, Bug.None)
    {
    }

    internal FeedReader(int setAsideLimit, Bug bug) => (_setAsideLimit, _bug) = (setAsideLimit, bug);

    /// <summary>The epoch in which the reader stands; 0 while it holds nothing.</summary>
    public long Epoch { get; private set; }

    /// <summary>The revision at which the reader stands.</summary>
    public long Revision { get; private set; }

    /// <summary>The seq from which a reader of a messages feed holds everything; 1 means the whole channel.</summary>
    public long Floor { get; private set; } = 1;

    /// <summary>The revision of the last reset: what was read before it may be of no more worth.</summary>
    public long ResetAt { get; private set; }

    /// <summary>How many deltas wait.</summary>
    public int SetAside => _setAside.Count;

    /// <summary>Puts the reader where a store says that it stood.</summary>
    public void StandAt(long epoch, long revision, long floor = 1)
    {
        (Epoch, Revision, Floor, ResetAt) = (epoch, revision, floor, revision);
        _setAside.Clear();
    }

    /// <summary>Lowers the floor by a page of history of the seqs from <paramref name="first"/> to <paramref name="last"/>.</summary>
    /// <returns>False when the page does not join what is held; see <see cref="PageRule"/>.</returns>
    public bool TryJoin(Position readAt, long first, long last)
    {
        if (!PageRule.Joins(Epoch, _bug == Bug.LatePageTaken ? 0 : ResetAt, Floor, _bug == Bug.LatePageTaken ? readAt with { Epoch = Epoch } : readAt, first, last))
            return false;
        Floor = first;
        return true;
    }

    /// <summary>Offers what arrived, from wherever and in whichever order.</summary>
    public ReaderStep Offer(Delta delta)
    {
        var applied = new List<Delta>(1);
        var verdict = Take(delta, applied);
        if (verdict is Verdict.Gap or Verdict.Ask)
        {
            if (_setAside.Count >= _setAsideLimit)
            {
                _setAside.Clear();
                return new ReaderStep(applied, Need.AskNow);
            }
            _setAside.Add(delta);
        }
        else if (applied.Count > 0 && _bug != Bug.SetAsideForgotten)
            TakeSetAside(applied);
        else if (applied.Count > 0)
            _setAside.Clear();
        return new ReaderStep(applied, Needed());
    }

    /// <summary>What the reader needs, judged by what still waits.</summary>
    public Need Needed() =>
        _setAside.Count == 0 ? Need.Nothing : _setAside.Exists(d => d.Epoch > Epoch) ? Need.AskNow : Need.AskSoon;

    void TakeSetAside(List<Delta> applied)
    {
        _setAside.Sort(static (a, b) => (a.Epoch, a.From).CompareTo((b.Epoch, b.From)));
        var waiting = _setAside.ToArray();
        _setAside.Clear();
        foreach (var delta in waiting)
            if (Take(delta, applied) is Verdict.Gap or Verdict.Ask)
                _setAside.Add(delta);
    }

    Verdict Take(Delta delta, List<Delta> applied)
    {
        var verdict = ReaderRule.Judge(Epoch, Revision, delta, _bug);
        if (verdict is Verdict.Apply or Verdict.Reset)
        {
            Epoch = delta.Epoch;
            Revision = delta.To;
            if (delta.Reset)
                (Floor, ResetAt) = (delta.Floor ?? 1, delta.To);
            applied.Add(delta);
        }
        return verdict;
    }
}
