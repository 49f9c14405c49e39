using ChatGenius.Contracts.Feeds;

namespace ChatGenius.Feeds;

/// <summary>Whether entities that a reader fetched join what it holds. Pure.</summary>
public static class PageRule
{
    /// <summary>
    /// True when a page of history that lies on the floor joins a messages feed: it reaches up to the floor, so that no seq is left out, and was read in the reader's epoch, at or after its last reset.
    /// What was read before the reset may hold what the reset took away.
    /// </summary>
    /// <param name="epoch">Where the reader stands; 0 while it holds nothing, and nothing joins.</param>
    /// <param name="resetAt">The revision of the reader's last reset.</param>
    /// <param name="floor">The seq from which the reader holds everything.</param>
    /// <param name="readAt">Where the feed stood when the page was read.</param>
    /// <param name="first">The page's lowest seq; the page holds every seq from there to <paramref name="last"/>.</param>
    /// <param name="last">The page's highest seq.</param>
    public static bool Joins(long epoch, long resetAt, long floor, Position readAt, long first, long last) =>
        epoch > 0 && readAt.Epoch == epoch && readAt.Revision >= resetAt && first < floor && last >= floor - 1;

    /// <summary>
    /// True when entities that a partial reader fetched are as new as its position. Of older ones it may have let a delta pass, as it did not hold them then: they are to be asked for again.
    /// </summary>
    public static bool IsCurrent(long epoch, long revision, Position readAt) => epoch > 0 && readAt.Epoch == epoch && readAt.Revision >= revision;
}
