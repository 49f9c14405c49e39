using ChatGenius.Messages.Membership;

namespace ChatGenius.Messages.SideBar;

/// <summary>Draws up a user's channel list from the copies and the service's own numbers: whole, or an error, never a part. Thread-safe.</summary>
internal sealed class SideBarReader(Database<MessagesContext> database, FeedFollower<MessagesContext, ChannelsReplica> follower)
{
    /// <exception cref="ProblemException"><c>unavailable</c> when the copy cannot be known to be whole.</exception>
    public async Task<SideBarPage> ReadAsync(Guid user, int limit, string? cursor, CancellationToken cancellation)
    {
        var after = cursor is null ? Guid.Empty : Guid.TryParseExact(cursor, "D", out var id) ? id : throw new ProblemException(ErrorCodes.InvalidCursor);
        // A user reads their own writes: the list is brought up to date first. With the owner away, a copy that was compared before is still a whole list of its position.
        var fresh = await follower.RefreshAsync(FeedName.UserChannels(user), cancellation);
        if (!fresh && (!follower.HasCompared || (await follower.StandsAsync(FeedName.UserChannels(user), cancellation)).Epoch == 0))
            throw new ProblemException(ErrorCodes.Unavailable, "The channel list cannot be known now; the channels service is away.");
        var page = await database.ReadAsync(db => ReadAsync(db, user, limit, after, cancellation), cancellation);
        if (page.Missing.Count == 0)
            return page;
        foreach (var channel in page.Missing)
            if (!await follower.RefreshAsync(FeedName.Members(channel), cancellation))
                throw new ProblemException(ErrorCodes.Unavailable, "A channel of the list cannot be known now; the channels service is away.");
        return await database.ReadAsync(db => ReadAsync(db, user, limit, after, cancellation), cancellation);
    }

    static async Task<SideBarPage> ReadAsync(MessagesContext db, Guid user, int limit, Guid after, CancellationToken cancellation)
    {
        var mine = await db.MyChannels.Where(m => m.UserId == user && !m.Gone).OrderBy(m => m.ChannelId).Select(m => new { m.ChannelId, m.Item }).ToListAsync(cancellation);
        var rest = mine.Where(m => after == Guid.Empty || m.ChannelId.CompareTo(after) > 0).OrderBy(m => m.ChannelId).ToList();
        var shown = rest.Take(limit).ToDictionary(m => m.ChannelId, m => m.Item);
        var ids = shown.Keys.ToList();
        var feeds = ids.Select(i => FeedName.Messages(i).ToString()).ToList();
        var channels = await db.Channels.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Item, cancellation);
        var heads = await db.Set<FeedRow>().Where(f => feeds.Contains(f.Id)).ToDictionaryAsync(f => f.Id, cancellation);
        var reads = await db.Reads.Where(r => r.UserId == user && ids.Contains(r.ChannelId)).ToDictionaryAsync(r => r.ChannelId, cancellation);
        var epoch = await db.Set<OwnerRow>().Select(o => o.Epoch).SingleAsync(cancellation);
        var own = FeedName.UserChannels(user).ToString();
        var stands = await db.Set<FollowedFeedRow>().SingleOrDefaultAsync(f => f.Id == own, cancellation);
        var items = ids.Where(channels.ContainsKey).Select(channel =>
        {
            var feed = FeedName.Messages(channel).ToString();
            var (head, read) = (heads.GetValueOrDefault(feed), reads.GetValueOrDefault(channel));
            var lastSeq = head?.LastSeq ?? 0;
            return new SideBarChannel
            {
                Channel = JsonSerializer.Deserialize<Channel>(channels[channel], ContractsJson.Options)!,
                Membership = JsonSerializer.Deserialize<MyChannel>(shown[channel], ContractsJson.Options)!,
                Head = new Head { Feed = feed, Epoch = epoch, Revision = head?.Head ?? 0, LastSeq = lastSeq },
                LastSeq = lastSeq,
                Unread = Math.Max(0, lastSeq - (read?.Seq ?? 0)),
                Mentions = read?.Mentions ?? 0,
                ReadSeq = read?.Seq ?? 0,
            };
        }).ToList();
        return new SideBarPage(new Contracts.Channels.SideBar
        {
            Items = items,
            Next = rest.Count > limit ? ids[^1].ToString("D") : null,
            Feed = new Position { Feed = own, Epoch = stands?.Epoch ?? 0, Revision = stands?.Revision ?? 0 },
        }, [.. ids.Where(i => !channels.ContainsKey(i))]);
    }
}

/// <summary>A page of the list, and the channels that the copy does not hold yet.</summary>
internal sealed record SideBarPage(Contracts.Channels.SideBar Bar, IReadOnlyList<Guid> Missing);
