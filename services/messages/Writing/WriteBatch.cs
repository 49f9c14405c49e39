using ChatGenius.Messages.Membership;
using ChatGenius.Messages.Posting;
using ChatGenius.Messages.Reading;

namespace ChatGenius.Messages.Writing;

/// <summary>What the commands of one transaction share. Not thread-safe.</summary>
internal sealed class WriteBatch(FeedTransaction<MessagesContext> transaction, Asked asked, DateTimeOffset now)
{
    public FeedTransaction<MessagesContext> Transaction => transaction;

    /// <summary>The time of the transaction, in whole milliseconds, as it goes over the wire.</summary>
    public long Now { get; } = now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMillisecond);

    /// <summary>What was read with the lock.</summary>
    public Asked Asked => asked;

    /// <summary>The read positions that the transaction touches.</summary>
    public ReadChanges Reads => asked.Reads;

    /// <summary>A user's standing in a channel.</summary>
    public Standing Of(Guid channel, Guid user) => asked.Standings((channel, user));

    /// <summary>Loads a message of the channel for a change.</summary>
    public async Task<MessageRow> MessageAsync(Guid channel, Guid id, CancellationToken cancellation) =>
        await transaction.Db.Messages.SingleOrDefaultAsync(m => m.Id == id && m.ChannelId == channel, cancellation) ?? throw new ProblemException(ErrorCodes.NotFound);

    /// <summary>Gives a changed message its revision, and says it on the feed.</summary>
    public Message Changed(MessageRow message)
    {
        var feed = FeedName.Messages(message.ChannelId);
        message.Revision = transaction.NextRevision(feed);
        var contract = message.ToContract();
        transaction.Changed(feed, contract);
        return contract;
    }
}
