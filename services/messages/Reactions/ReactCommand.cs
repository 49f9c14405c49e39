using ChatGenius.Messages.Writing;

namespace ChatGenius.Messages.Reactions;

/// <summary>Adds the caller's reaction, or takes it back. Doing either twice is doing it once.</summary>
internal sealed class ReactCommand : SingleCommand<Message>
{
    public required Guid MessageId { get; init; }
    public required string Emoji { get; init; }
    public required bool Present { get; init; }

    protected override async Task<Message> DecideAsync(WriteBatch batch, CancellationToken cancellation)
    {
        var db = batch.Transaction.Db;
        var message = await batch.MessageAsync(ChannelId, MessageId, cancellation);
        if (message.Deleted)
            throw new ProblemException(ErrorCodes.MessageDeleted);
        var all = await db.Reactions.Where(r => r.MessageId == MessageId).ToListAsync(cancellation);
        // Rows of this transaction that are not stored yet are in the change tracker, not in the table.
        all = [.. all.Union(db.Reactions.Local.Where(r => r.MessageId == MessageId)).Where(r => db.Entry(r).State != EntityState.Deleted)];
        var step = ReactionRule.Decide(all, new ReactionRow { MessageId = MessageId, Emoji = Emoji, UserId = Caller, MadeAt = batch.Transaction.At(Feed).Revision + 1 }, Present);
        if (step is null)
            return message.ToContract();
        if (step.Added)
            db.Reactions.Add(step.Row);
        else
            db.Reactions.Remove(step.Row);
        message.Reactions = step.Summary;
        return batch.Changed(message);
    }
}
