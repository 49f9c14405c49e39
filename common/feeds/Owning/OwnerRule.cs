namespace ChatGenius.Feeds;

/// <summary>What an owner answers to a position.</summary>
public enum OwnerVerdict
{
    /// <summary>The reader is at the head.</summary>
    Current,

    /// <summary>Everything since the position.</summary>
    Since,

    /// <summary>A reset: the reader holds nothing, or holds an older epoch.</summary>
    Snapshot,

    /// <summary>A client claims a future: refuse it.</summary>
    Ahead,

    /// <summary>A service is ahead: commits were lost. Advance the epoch beyond what it says, then answer with a reset.</summary>
    HistoryLost,
}

/// <summary>How an owner judges the position of a reader. Pure.</summary>
public static class OwnerRule
{
    /// <summary>Judges (<paramref name="epoch"/>, <paramref name="revision"/>) against the owner's own epoch and head.</summary>
    /// <param name="follower">True for a service, whose word about what was committed counts.</param>
    public static OwnerVerdict Judge(long ownerEpoch, long head, long epoch, long revision, bool follower)
    {
        if (epoch == 0)
            return OwnerVerdict.Snapshot;
        if (epoch > ownerEpoch || (epoch == ownerEpoch && revision > head))
            return follower ? OwnerVerdict.HistoryLost : OwnerVerdict.Ahead;
        if (epoch < ownerEpoch)
            return OwnerVerdict.Snapshot;
        return revision == head ? OwnerVerdict.Current : OwnerVerdict.Since;
    }

    /// <summary>
    /// The epoch that follows one in which commits may have been lost. It is made of the time, in quarters of a second, and of a number drawn by chance: a database that is brought back twice from the same
    /// backup must not call two different histories by the same number, and the later history should have the later number. No decision rests on that order alone, since clocks differ: what is of another
    /// epoch is taken to its owner. Below 2^53 until the year 2242.
    /// </summary>
    public static long NextEpoch(long lost, DateTimeOffset now, Random chance) => NextEpoch(lost, now, chance, Bug.None);

    internal static long NextEpoch(long lost, DateTimeOffset now, Random chance, Bug bug) =>
        bug == Bug.EpochUsedTwice ? lost + 1 : Math.Max(lost + 1, now.ToUnixTimeMilliseconds() / 250 * EpochSkip) + chance.Next(EpochSkip);

    const int EpochSkip = 1 << 18;
}
