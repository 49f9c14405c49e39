using ChatGenius.Contracts.Feeds;
using ChatGenius.Feeds;

namespace ChatGenius.Client;

/// <summary>A feed in the plan: what is held of it, and when it is asked for.</summary>
internal sealed class WatchedFeed(FeedName name, FeedView view)
{
    public string Name { get; } = name.ToString();
    public FeedView View => view;
    public FeedMode Mode { get; set; }

    /// <summary>How often <c>Watch</c> was called for it.</summary>
    public int Watchers { get; set; } = 1;

    /// <summary>When to ask, whatever comes until then.</summary>
    public TimeSpan? AskAt { get; set; }

    /// <summary>When to ask, unless what is missing comes until then.</summary>
    public TimeSpan? GapAt { get; set; }

    /// <summary>Asked for, and not answered yet.</summary>
    public bool IsAsked { get; set; }

    /// <summary>What was held was dropped since the last sync ended.</summary>
    public bool WasReset { get; set; }

    /// <summary>Syncs in a row that brought nothing.</summary>
    public int Refusals { get; set; }

    public bool IsDenied => view.Continuity == Continuity.Denied;

    public TimeSpan? Due => AskAt is { } ask ? GapAt is { } gap && gap < ask ? gap : ask : GapAt;

    public SyncPosition Position
    {
        get
        {
            var stands = view.Position;
            return new SyncPosition
            {
                Feed = stands.Feed,
                Epoch = stands.Epoch,
                Revision = stands.Revision,
                Mode = Mode == FeedMode.Heads ? SyncMode.Heads : null,
                Partial = Mode == FeedMode.Partial,
            };
        }
    }

    /// <summary>Asks then, or earlier if that was said before.</summary>
    public void Ask(TimeSpan at) => AskAt = AskAt < at ? AskAt : at;

    /// <summary>True when it is to be asked for now; it counts as asked then.</summary>
    public bool Take(TimeSpan now)
    {
        var asks = AskAt <= now || (GapAt <= now && view.Needed() != Need.Nothing);
        if (GapAt <= now)
            GapAt = null;
        if (asks)
            (AskAt, GapAt, IsAsked) = (null, null, true);
        return asks;
    }
}
