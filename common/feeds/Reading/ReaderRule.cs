using ChatGenius.Contracts.Feeds;

namespace ChatGenius.Feeds;

/// <summary>What a reader does with a delta.</summary>
public enum Verdict
{
    /// <summary>It is old, or says nothing new.</summary>
    Ignore,

    /// <summary>Upsert its items, stand at its end.</summary>
    Apply,

    /// <summary>Drop what is held, take its items, stand at its end, keep its floor.</summary>
    Reset,

    /// <summary>Something before it is missing: set it aside, wait a moment for that, then ask.</summary>
    Gap,

    /// <summary>It speaks of a history that the reader does not hold: set it aside, and ask at once.</summary>
    Ask,
}

/// <summary>The reader's rule. Pure: the same for services, realtime instances and clients.</summary>
public static class ReaderRule
{
    /// <summary>Judges a delta for a reader that stands at (<paramref name="epoch"/>, <paramref name="revision"/>); epoch 0 holds nothing.</summary>
    public static Verdict Judge(long epoch, long revision, Delta delta) => Judge(epoch, revision, delta, Bug.None);

    internal static Verdict Judge(long epoch, long revision, Delta delta, Bug bug)
    {
        if (delta.Epoch < epoch && bug != Bug.EpochApartFromPosition)
            return Verdict.Ignore;
        if (delta.Reset)
            return delta.Epoch == epoch && delta.To < revision && bug != Bug.LateResetTaken ? Verdict.Ignore : Verdict.Reset;
        if (epoch == 0 || (delta.Epoch > epoch && bug is not (Bug.EpochTakenWithoutReset or Bug.EpochApartFromPosition)))
            return Verdict.Ask;
        if (delta.To <= revision)
            return Verdict.Ignore;
        return delta.From <= revision || bug == Bug.GapApplied ? Verdict.Apply : Verdict.Gap;
    }
}
