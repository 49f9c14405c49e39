using ChatGenius.Feeds;

namespace ChatGenius.Realtime.LiveFeeds;

/// <summary>
/// What the owner of a feed said of its head, and so up to when the instance is known to hold all that the owner did. A head that the instance has not reached yet counts once it has: what leads there is on
/// its way, and until then the one before counts, for as long as it would have. Not thread-safe.
/// </summary>
/// <param name="reader">Where the instance stands.</param>
/// <param name="lasts">How long a head counts after it was told.</param>
/// <param name="time">The clock.</param>
internal sealed class OwnersHead(FeedReader reader, TimeSpan lasts, TimeProvider time)
{
    (long At, long Epoch, long Revision)? _reached, _told;

    /// <summary>True while the instance may answer for the owner.</summary>
    public bool IsReached
    {
        get
        {
            TakeReached();
            return _reached is { } head && time.GetElapsedTime(head.At) <= lasts && head.Epoch == reader.Epoch && head.Revision <= reader.Revision;
        }
    }

    /// <summary>Notes what the owner told; what is older than what is known changes nothing.</summary>
    /// <param name="at">The timestamp from which it counts.</param>
    /// <param name="head">The head.</param>
    public void Told(long at, Head head)
    {
        TakeReached();
        if (at >= Math.Max(_reached?.At ?? long.MinValue, _told?.At ?? long.MinValue))
            _told = (at, head.Epoch, head.Revision);
    }

    // One of another epoch leaves nothing that came before it.
    void TakeReached()
    {
        if (_told is { } told && (told.Epoch != reader.Epoch || told.Revision <= reader.Revision))
            (_reached, _told) = (told, null);
    }
}
