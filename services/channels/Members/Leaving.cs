using ChatGenius.Channels.Access;
using ChatGenius.Channels.Feeds;
using ChatGenius.Channels.Roles;

namespace ChatGenius.Channels.Members;

/// <summary>Takes users out of channels, themselves or by removal. Idempotent. Thread-safe.</summary>
internal sealed class Leaving(Database<ChannelsContext> database, FeedWriter<ChannelsContext> writer, ChannelAccess access)
{
    public async Task<ChangedMembership> DeleteAsync(Asker asker, Guid channelId, Guid userId, CancellationToken cancellation)
    {
        // Asked before, too: locking makes rows of feeds, and there are to be none for channels that do not exist.
        await using (var db = database.Open())
            await FindAsync(db, asker, channelId, userId, cancellation);
        return await writer.WriteAsync([FeedName.Members(channelId), FeedName.UserChannels(userId)], async tx =>
        {
            var (membership, entered) = await FindAsync(tx.Db, asker, channelId, userId, cancellation);
            if (entered is not null)
                await TakeOutAsync(tx, entered, membership, cancellation);
            // The membership takes the last revision of its change: this is where the feed stood then, and it says nothing of what came later.
            return new ChangedMembership { Membership = membership.ToContract(), Members = new Fence { Epoch = tx.Epoch, Revision = membership.Revision } };
        }, cancellation);
    }

    // Who left knows it, also where they may not look any more: leaving twice is leaving once.
    static async Task<(MembershipRow Membership, Entered? Entered)> FindAsync(
        ChannelsContext db, Asker asker, Guid channelId, Guid userId, CancellationToken cancellation)
    {
        var membership = await db.Memberships.SingleOrDefaultAsync(m => m.ChannelId == channelId && m.UserId == userId, cancellation);
        if (membership is { Left: true } && userId == asker.UserId)
            return (membership, null);
        var entered = await ChannelAccess.EnterAsync(db, asker, channelId, cancellation);
        return (membership ?? throw new ProblemException(ErrorCodes.NotFound), entered);
    }

    async Task TakeOutAsync(FeedTransaction<ChannelsContext> tx, Entered entered, MembershipRow membership, CancellationToken cancellation)
    {
        access.Require(entered, membership.UserId == entered.Asker.UserId ? Right.Leave : RoleMatrix.ToRemove(membership.Role));
        var channel = entered.Channel;
        if (membership.Left || (channel.IsDirect && membership.Hidden))
            return;
        if (channel.IsDirect)
        {
            membership.Hidden = true;
            tx.SettingsChanged(membership);
            return;
        }
        if (channel.MemberCount > 1 && await tx.Db.IsLastOwnerAsync(membership, cancellation))
            throw new ProblemException(ErrorCodes.LastOwner);
        channel.MemberCount--;
        channel.Archived |= channel.MemberCount == 0;
        membership.Left = true;
        tx.ChannelChanged(channel);
        tx.MembershipChanged(membership);
    }
}
