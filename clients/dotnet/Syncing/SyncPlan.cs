using ChatGenius.Contracts.Edge;
using ChatGenius.Contracts.Errors;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Feeds;

namespace ChatGenius.Client;

/// <summary>
/// What is watched, what has to be asked for and when, and what an answer means: all of the client's protocol but the lines and calls. Deterministic: time comes with each call, as
/// what has passed since the start. Not thread-safe.
/// </summary>
internal sealed class SyncPlan(ChatClientOptions options)
{
    readonly List<WatchedFeed> _feeds = [];
    readonly Dictionary<string, WatchedFeed> _byName = new(StringComparer.Ordinal);
    readonly List<FeedView> _changed = [];
    readonly List<string> _left = [];
    int _gaps;

    /// <summary>True while something is to be synced, or could not be: what waits for a denial to pass does not count.</summary>
    public bool IsBehind => _feeds.Exists(f => f.AskAt is not null && !f.IsDenied);

    /// <summary>When something has to be asked for next; null when nothing has.</summary>
    public TimeSpan? NextDue => _feeds.Min(f => f.Due);

    /// <summary>Begins to watch, or changes how.</summary>
    public FeedView Watch(FeedName name, FeedMode mode, Func<FeedView> view, TimeSpan now)
    {
        if (_byName.TryGetValue(name.ToString(), out var feed))
        {
            feed.Watchers++;
            if (feed.Mode != mode)
                (feed.Mode, feed.AskAt) = (mode, now);
            return feed.View;
        }
        feed = new WatchedFeed(name, view()) { Mode = mode, AskAt = now };
        _feeds.Add(feed);
        _byName.Add(feed.Name, feed);
        _left.Remove(feed.Name);
        return feed.View;
    }

    /// <summary>Ends one <see cref="Watch"/>; with the last one the feed is let go.</summary>
    public void Unwatch(FeedName name)
    {
        if (!_byName.TryGetValue(name.ToString(), out var feed) || --feed.Watchers > 0)
            return;
        _feeds.Remove(feed);
        _byName.Remove(feed.Name);
        _left.Add(feed.Name);
    }

    /// <summary>The view of a feed that is watched.</summary>
    public FeedView? Find(FeedName name) => _byName.GetValueOrDefault(name.ToString())?.View;

    /// <summary>Everything is to be asked for: the connection is new, or time may have passed unnoticed.</summary>
    public void AskAll(TimeSpan now)
    {
        foreach (var feed in _feeds)
            feed.Ask(now);
    }

    /// <summary>A connection is new: it receives nothing yet, so there is nothing to leave either.</summary>
    public void Opened(TimeSpan now)
    {
        _left.Clear();
        AskAll(now);
    }

    public void Ask(IReadOnlyList<string> names, TimeSpan now)
    {
        foreach (var name in names)
            if (_byName.TryGetValue(name, out var feed))
                feed.Ask(now);
    }

    /// <summary>Feeds that the connection receives and nobody watches any more; each is told once.</summary>
    public IReadOnlyList<string> TakeLeft()
    {
        string[] left = [.. _left];
        _left.Clear();
        return left;
    }

    /// <summary>What changed since the last call, each view once.</summary>
    public IReadOnlyList<FeedView> TakeChanged()
    {
        FeedView[] changed = [.. _changed.Distinct()];
        _changed.Clear();
        return changed;
    }

    /// <summary>The gaps met since the last call.</summary>
    public int TakeGaps()
    {
        var gaps = _gaps;
        _gaps = 0;
        return gaps;
    }

    /// <summary>What is to be asked for now, at most 500 feeds; they count as asked.</summary>
    public IReadOnlyList<SyncPosition> Take(TimeSpan now)
    {
        var positions = new List<SyncPosition>();
        foreach (var feed in _feeds)
        {
            if (positions.Count == Limits.SyncPositions)
                break;
            if (feed.Take(now))
                positions.Add(feed.Position);
        }
        return positions;
    }

    /// <summary>A delta came, in an answer or by itself.</summary>
    public void Offer(Delta delta, TimeSpan now)
    {
        if (!_byName.TryGetValue(delta.Feed, out var feed))
            return;
        var held = feed.View.Position.Epoch > 0;
        var step = feed.View.Offer(delta);
        if (step.Applied.Count > 0)
            _changed.Add(feed.View);
        feed.WasReset |= held && step.Applied.Any(d => d.Reset);
        if (step.Need == Need.AskSoon && feed.GapAt is null)
            _gaps++;
        feed.GapAt = step.Need == Need.AskSoon ? feed.GapAt ?? now + FeedReader.GapPatience : null;
        if (feed.Mode != FeedMode.Heads && (step.Need == Need.AskNow || (delta.More && step.Applied.Count > 0)))
            feed.Ask(now);
        if (feed.View.Name.Kind == FeedKind.UserChannels)
            AskWhereJoined(step.Applied, now);
    }

    /// <summary>Heads came by themselves.</summary>
    public void Offer(IReadOnlyList<Head> heads, TimeSpan now)
    {
        foreach (var head in heads)
            if (_byName.TryGetValue(head.Feed, out var feed))
            {
                Told(feed, head);
                if (feed.Mode != FeedMode.Heads && feed.View.IsBehind(head))
                    feed.Ask(now);
            }
    }

    /// <summary>A sync was answered, and its deltas were offered.</summary>
    public void Answered(IReadOnlyList<SyncPosition> asked, SyncAnswer answer, TimeSpan now)
    {
        foreach (var head in answer.Heads)
            if (_byName.TryGetValue(head.Feed, out var feed))
                Stands(feed, head, now);
        foreach (var name in answer.Denied)
            if (_byName.TryGetValue(name, out var feed))
                Denied(feed, now);
        foreach (var failed in answer.Failed)
            if (_byName.TryGetValue(failed.Feed, out var feed))
                Failed(feed, failed, now);
        // An owner that forgets a feed in its answer is asked again, too.
        foreach (var feed in Watched(asked))
            if (feed.IsAsked)
                Later(feed, TimeSpan.Zero, now);
    }

    /// <summary>A sync was refused as a whole: superseded, or something is away.</summary>
    public void Refused(IReadOnlyList<SyncPosition> asked, TimeSpan now)
    {
        foreach (var feed in Watched(asked))
            Later(feed, TimeSpan.Zero, now);
    }

    void Stands(WatchedFeed feed, Head head, TimeSpan now)
    {
        Told(feed, head);
        feed.IsAsked = false;
        if (feed.Mode != FeedMode.Heads && feed.View.IsBehind(head))
        {
            if (feed.Mode == FeedMode.Partial)
                // The head came alone: what is held may have changed unseen, and is let go.
                Offer(new Delta { Feed = feed.Name, Epoch = head.Epoch, To = head.Revision, Reset = true, Items = [] }, now);
            else
            {
                feed.Ask(now);
                return;
            }
        }
        Ended(feed, feed.WasReset ? Continuity.Reset : Continuity.Continued);
    }

    void Denied(WatchedFeed feed, TimeSpan now)
    {
        Ended(feed, Continuity.Denied, feed.Refusals);
        // The list may be ahead of those who decide, so a denial against it passes.
        if (IsMember(feed))
            feed.Ask(now + BackOff.After(feed.Refusals++, options));
    }

    void Failed(WatchedFeed feed, FailedFeed failed, TimeSpan now)
    {
        if (failed.Code == ErrorCodes.PositionAhead.Code)
        {
            feed.View.Forget();
            _changed.Add(feed.View);
            feed.IsAsked = false;
            feed.Ask(now);
        }
        else if (failed.RetryAfterMs is { } wait)
            Later(feed, TimeSpan.FromMilliseconds(wait), now);
        else
            Ended(feed, Continuity.Denied);
    }

    void Ended(WatchedFeed feed, Continuity continuity, int refusals = 0)
    {
        (feed.IsAsked, feed.WasReset, feed.Refusals) = (false, false, refusals);
        feed.View.Ended(continuity);
        _changed.Add(feed.View);
    }

    void Later(WatchedFeed feed, TimeSpan atLeast, TimeSpan now)
    {
        feed.IsAsked = false;
        var wait = BackOff.After(feed.Refusals++, options);
        feed.Ask(now + (wait > atLeast ? wait : atLeast));
    }

    void Told(WatchedFeed feed, Head head)
    {
        feed.View.Told(head);
        if (feed.Mode == FeedMode.Heads)
            _changed.Add(feed.View);
    }

    // Whoever is a member again reads what was denied before.
    void AskWhereJoined(IReadOnlyList<Delta> applied, TimeSpan now)
    {
        foreach (var item in applied.SelectMany(d => d.Items))
            if (!item.GetProperty("left").GetBoolean() && item.GetProperty("channelId").TryGetGuid(out var channel))
                foreach (var name in (string[])[FeedName.Messages(channel).ToString(), FeedName.Members(channel).ToString()])
                    if (_byName.TryGetValue(name, out var feed) && feed.IsDenied)
                    {
                        feed.Refusals = 0;
                        feed.Ask(now);
                    }
    }

    bool IsMember(WatchedFeed feed) =>
        feed.View.Name is { Kind: FeedKind.Messages or FeedKind.Members, Id: var channel }
        && _feeds.Exists(f => f.View.Name.Kind == FeedKind.UserChannels && f.View.TryGet(channel.ToString("D"), out var mine) && !mine.GetProperty("left").GetBoolean());

    IEnumerable<WatchedFeed> Watched(IReadOnlyList<SyncPosition> asked)
    {
        foreach (var position in asked)
            if (_byName.TryGetValue(position.Feed, out var feed))
                yield return feed;
    }
}
