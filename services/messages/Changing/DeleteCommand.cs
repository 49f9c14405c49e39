using ChatGenius.Messages.Writing;

namespace ChatGenius.Messages.Changing;

/// <summary>Leaves a tombstone in a message's place. Deleting twice is deleting once.</summary>
internal sealed class DeleteCommand : SingleCommand<Message>
{
    public required Guid MessageId { get; init; }

    /// <summary>Whom the message mentions; a message's mentions never change, so they may be read before the lock.</summary>
    public required IReadOnlyList<Guid> Mentioned { get; init; }

    public override IEnumerable<FeedName> Feeds => Mentioned.Select(FeedName.Reads).Append(Feed);
    public override bool WorksWhenArchived => true;

    protected override async Task<Message> DecideAsync(WriteBatch batch, CancellationToken cancellation)
    {
        var db = batch.Transaction.Db;
        var message = await batch.MessageAsync(ChannelId, MessageId, cancellation);
        if (message.AuthorId != Caller && !Standing!.Moderates)
            throw new ProblemException(ErrorCodes.Forbidden, "Only its author or a moderator may delete a message.");
        if (message.Deleted)
            return message.ToContract();
        await UnmentionAsync(batch, message.Seq, cancellation);
        if (message.ThreadId is { } thread && await db.Messages.SingleOrDefaultAsync(m => m.Id == thread, cancellation) is { } parent)
        {
            parent.ReplyCount--;
            parent.LastReplyAt = await db.Messages.Where(m => m.ThreadId == thread && !m.Deleted && m.Id != message.Id).MaxAsync(m => (long?)m.CreatedAt, cancellation);
            batch.Changed(parent);
        }
        await db.Reactions.Where(r => r.MessageId == message.Id).ExecuteDeleteAsync(cancellation);
        (message.Text, message.Mentions, message.Reactions, message.Pinned, message.Deleted) = (null, "[]", "[]", false, true);
        return batch.Changed(message);
    }

    async Task UnmentionAsync(WriteBatch batch, long seq, CancellationToken cancellation)
    {
        var mentions = await batch.Transaction.Db.Mentions.Where(m => m.ChannelId == ChannelId && m.Seq == seq && Mentioned.Contains(m.UserId)).ToListAsync(cancellation);
        await batch.Reads.LoadAsync(batch.Transaction, [.. mentions.Select(m => (m.UserId, ChannelId))], cancellation);
        foreach (var mention in mentions)
        {
            var read = batch.Reads.Of(mention.UserId, ChannelId);
            if (read.Seq < seq && read.Mentions > 0)
            {
                read.Mentions--;
                batch.Reads.Changed(read);
            }
        }
        batch.Transaction.Db.Mentions.RemoveRange(mentions);
    }
}
