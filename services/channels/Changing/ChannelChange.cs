using ChatGenius.Channels.Access;
using ChatGenius.Channels.Feeds;
using ChatGenius.Channels.Roles;

namespace ChatGenius.Channels.Changing;

/// <summary>Renames a channel, changes its topic, archives it or brings it back. Thread-safe.</summary>
internal sealed class ChannelChange(ChannelAccess access)
{
    public Task<ChangedChannel> ApplyAsync(Asker asker, Guid channelId, ChangeChannel change, CancellationToken cancellation)
    {
        var name = change.Name is null ? null : ChannelText.Name(change.Name);
        var topic = change.Topic is null ? null : ChannelText.Topic(change.Topic);
        return access.ChangeAsync(asker, channelId, [], async (tx, entered) =>
        {
            RequireRights(entered, change);
            var channel = entered.Channel;
            var before = (channel.Name, channel.Topic);
            var wanted = (Name: name ?? channel.Name, Topic: topic ?? channel.Topic);
            var archived = change.Archived ?? channel.Archived;
            if (wanted != before && channel.Archived && archived)
                throw new ProblemException(ErrorCodes.ChannelArchived);
            if (wanted != before || archived != channel.Archived)
            {
                (channel.Name, channel.Topic) = wanted;
                channel.Archived = archived;
                tx.ChannelChanged(channel);
            }
            if (wanted.Name != before.Name)
            {
                channel.NameKey = ChannelText.NameKey(wanted.Name);
                await tx.Db.SaveWithNameAsync(channel, cancellation);
            }
            return new ChangedChannel { Channel = channel.ToContract(), Members = tx.At(FeedName.Members(channelId)) };
        }, cancellation);
    }

    void RequireRights(Entered entered, ChangeChannel change)
    {
        if (change.Name is not null)
            access.Require(entered, Right.Rename);
        if (change.Topic is not null)
            access.Require(entered, Right.SetTopic);
        if (change.Archived is not null)
            access.Require(entered, Right.Archive);
    }
}
