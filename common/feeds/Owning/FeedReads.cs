using ChatGenius.Contracts;
using ChatGenius.Contracts.Edge;
using ChatGenius.Contracts.Errors;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Internal;

namespace ChatGenius.Feeds.Owning;

/// <summary>
/// How an owner answers positions: heads first, rows bounded by them, the members position last, so that the answer is true even where reads do not share a snapshot. Thread-safe.
/// </summary>
public sealed class FeedReads
{
    /// <summary>Entities in one slice.</summary>
    public const int SliceItems = 200;

    /// <summary>Bytes beyond which an answer takes in no further feed; the reader asks again for what it lacks.</summary>
    public const int AnswerBytes = 1024 * 1024;

    readonly Bug _bug;

    public FeedReads() : this(Bug.None)
    {
    }

    internal FeedReads(Bug bug) => _bug = bug;

    /// <summary>Answers a pull.</summary>
    /// <returns>The answer, and the newest epoch in which a follower holds more than this database does; null when none does.</returns>
    public async Task<(PullAnswer Answer, long? LostIn)> AnswerAsync(IFeedSnapshot snapshot, PullRequest request, CancellationToken cancellation)
    {
        var wanted = request.Positions.Select(p => (Position: p, Name: FeedName.Parse(p.Feed))).ToList();
        var epoch = await snapshot.EpochAsync(cancellation);
        var rows = await snapshot.HeadsAsync([.. wanted.Select(w => w.Position.Feed).Distinct()], cancellation);
        var (deltas, heads, failed, lostIn, bytes) = (new List<Delta>(), new List<Head>(), new List<FailedFeed>(), (long?)null, 0);
        foreach (var (position, name) in wanted)
        {
            var row = rows.GetValueOrDefault(position.Feed);
            var verdict = OwnerRule.Judge(epoch, row.Head, position.Epoch ?? 0, position.Revision ?? 0, request.Follower);
            if (verdict == OwnerVerdict.HistoryLost && _bug != Bug.FutureBelieved)
                lostIn = Math.Max(lostIn ?? 0, position.Epoch!.Value);
            if (verdict == OwnerVerdict.Ahead)
            {
                failed.Add(new FailedFeed { Feed = position.Feed, Code = ErrorCodes.PositionAhead.Code });
                continue;
            }
            heads.Add(new Head { Feed = position.Feed, Epoch = epoch, Revision = row.Head, LastSeq = name.Kind == FeedKind.Messages ? row.LastSeq : null });
            var headOnly = position.Mode == SyncMode.Heads || position.Partial;
            if (headOnly || verdict is OwnerVerdict.Current or OwnerVerdict.HistoryLost || bytes > AnswerBytes)
                continue;
            var delta = await SliceAsync(snapshot, name, epoch, row.Head, verdict == OwnerVerdict.Since ? position.Revision : null, cancellation);
            bytes += Deltas.Bytes(delta);
            deltas.Add(delta);
        }
        return (new PullAnswer { Deltas = deltas, Heads = heads, Failed = failed }, lostIn);
    }

    async Task<Delta> SliceAsync(IFeedSnapshot snapshot, FeedName feed, long epoch, long head, long? after, CancellationToken cancellation)
    {
        var slice = new Delta { Feed = feed.ToString(), Epoch = epoch, From = after ?? 0, To = head, Reset = after is null, Items = [] };
        var early = _bug == Bug.FenceReadFirst ? await snapshot.FenceAsync(feed, cancellation) : null;
        if (await snapshot.WindowAsync(feed, after, head, cancellation) is { } window)
            slice = FitWindow(slice, window);
        else
        {
            var items = await snapshot.SinceAsync(feed, after ?? 0, head, SliceItems + 1, cancellation);
            if (_bug == Bug.RowsReadBeforeTheHead && await snapshot.HeadsAsync([slice.Feed], cancellation) is { Count: 1 } later)
                slice = slice with { To = head = later[slice.Feed].Head };
            var more = items.Count > SliceItems;
            items = more ? [.. items.Take(SliceItems)] : items;
            slice = Deltas.Cut(slice with { Items = items, To = more ? FeedItems.Revision(items[^1]) : head, More = more })[0];
        }
        // Read last: content is never newer than the members position that it is said under.
        return slice with { Fence = early ?? await snapshot.FenceAsync(feed, cancellation) };
    }

    // A reset of messages is one slice: what does not fit is left below the floor, oldest first.
    static Delta FitWindow(Delta slice, FeedWindow window)
    {
        var (bytes, floor) = (0, window.Floor);
        var kept = new List<System.Text.Json.JsonElement>(window.Items.Count);
        foreach (var item in window.Items.OrderByDescending(i => i.GetProperty("seq").GetInt64()))
        {
            bytes += FeedItems.Bytes(item) + 1;
            if (kept.Count > 0 && bytes > Limits.DeltaBytes - 1024)
            {
                floor = item.GetProperty("seq").GetInt64() + 1;
                break;
            }
            kept.Add(item);
        }
        return slice with { From = 0, Reset = true, Floor = floor, Items = [.. kept.OrderBy(FeedItems.Revision)] };
    }
}
