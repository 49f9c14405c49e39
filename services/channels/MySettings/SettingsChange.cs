using ChatGenius.Channels.Access;
using ChatGenius.Channels.Feeds;
using ChatGenius.Channels.Roles;

namespace ChatGenius.Channels.MySettings;

/// <summary>Changes how a member keeps a channel; nobody else sees it. Thread-safe.</summary>
internal sealed class SettingsChange(Database<ChannelsContext> database, FeedWriter<ChannelsContext> writer)
{
    public async Task<MyChannel> ApplyAsync(Asker asker, Guid channelId, ChangeMyChannel change, CancellationToken cancellation)
    {
        if (change.Notify is not (null or NotifyWhen.All or NotifyWhen.Mentions or NotifyWhen.None))
            throw ProblemException.Field("notify", "is all, mentions or none");
        await using (var db = database.Open())
            await ChannelAccess.EnterAsync(db, asker, channelId, cancellation);
        // The user's own feed is enough of a lock: every change of a membership holds it.
        return await writer.WriteAsync([FeedName.UserChannels(asker.UserId)], async tx =>
        {
            var entered = await ChannelAccess.EnterAsync(tx.Db, asker, channelId, cancellation);
            // What an administrator may do to a channel gives them no membership to keep.
            if (!RoleMatrix.Allows(entered.Channel.Kind, entered.OwnStanding, Right.Keep))
                throw new ProblemException(ErrorCodes.NotAMember);
            var own = entered.Own!;
            var before = own.ToMyChannel();
            own.Starred = change.Starred ?? own.Starred;
            own.Muted = change.Muted ?? own.Muted;
            own.Hidden = change.Hidden ?? own.Hidden;
            own.Notify = change.Notify ?? own.Notify;
            if (own.ToMyChannel() != before)
                tx.SettingsChanged(own);
            return own.ToMyChannel();
        }, cancellation);
    }
}
