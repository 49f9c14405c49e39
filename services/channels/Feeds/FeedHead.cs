namespace ChatGenius.Channels.Feeds;

/// <summary>Where feeds stand, for readers outside of a change.</summary>
internal static class FeedHead
{
    /// <summary>The place in a channel's members feed. Read it before the entities it is said of, or in one snapshot with them.</summary>
    public static async Task<Fence> MembersHeadAsync(this ChannelsContext db, Guid channelId, CancellationToken cancellation)
    {
        var id = FeedName.Members(channelId).ToString();
        var epoch = await db.Set<OwnerRow>().Select(o => o.Epoch).SingleAsync(cancellation);
        return new Fence { Epoch = epoch, Revision = await db.Set<FeedRow>().Where(f => f.Id == id).Select(f => f.Head).SingleOrDefaultAsync(cancellation) };
    }
}
