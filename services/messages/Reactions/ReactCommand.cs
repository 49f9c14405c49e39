using ChatGenius.Messages.Writing;

namespace ChatGenius.Messages.Reactions;

/// <summary>Adds the caller's reaction, or takes it back. Doing either twice is doing it once.</summary>
internal sealed class ReactCommand : SingleCommand<Message>
{
    const int ShownUsers = 20;

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
        var mine = all.Find(r => r.UserId == Caller && r.Emoji == Emoji);
        if (Present == mine is not null)
            return message.ToContract();
        if (mine is not null)
        {
            db.Reactions.Remove(mine);
            all.Remove(mine);
        }
        else
        {
            if (all.All(r => r.Emoji != Emoji) && all.Select(r => r.Emoji).Distinct().Count() >= Limits.ReactionsPerMessage)
                throw ProblemException.Field("emoji", $"the message has {Limits.ReactionsPerMessage} different reactions already");
            var added = new ReactionRow { MessageId = MessageId, Emoji = Emoji, UserId = Caller, MadeAt = batch.Transaction.At(Feed).Revision + 1 };
            db.Reactions.Add(added);
            all.Add(added);
        }
        message.Reactions = Summary(all);
        return batch.Changed(message);
    }

    static string Summary(List<ReactionRow> all) => JsonSerializer.Serialize(all.OrderBy(r => r.MadeAt).GroupBy(r => r.Emoji).Select(g => new Reaction
    {
        Emoji = g.Key,
        Count = g.Count(),
        UserIds = [.. g.Take(ShownUsers).Select(r => r.UserId)],
    }), ContractsJson.Options);
}
