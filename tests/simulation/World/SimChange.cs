using ChatGenius.Contracts.Errors;
using ChatGenius.Contracts.Messages;
using ChatGenius.Feeds.Owning;
using ChatGenius.Hosting.Problems;
using ChatGenius.Messages.Posting;
using ChatGenius.Messages.Reactions;
using ChatGenius.Messages.Writing;

namespace ChatGenius.SimulationTests.World;

/// <summary>Changes a message, as the service's own commands do.</summary>
internal abstract class SimChange : WriteCommand<Message>
{
    public required Guid MessageId { get; init; }

    public void Apply(SimTransaction transaction, FeedRevisions feeds)
    {
        if (transaction.Row<MessageRow>(MessageId) is not { } row || !May(row))
        {
            Refused = new ProblemException(ErrorCodes.NotFound);
            return;
        }
        // Rows are never changed in place: what is not committed is not seen.
        var changed = new MessageRow
        {
            Id = row.Id,
            ChannelId = row.ChannelId,
            Seq = row.Seq,
            Revision = row.Revision,
            AuthorId = row.AuthorId,
            ClientId = row.ClientId,
            BodyHash = row.BodyHash,
            Text = row.Text,
            Mentions = row.Mentions,
            Reactions = row.Reactions,
            CreatedAt = row.CreatedAt,
            EditedAt = row.EditedAt,
            Deleted = row.Deleted,
        };
        if (!row.Deleted && Changes(changed, transaction, feeds.At(Feed).Revision + 1))
        {
            changed.Revision = feeds.NextRevision(Feed);
            transaction.Put(row.Id, changed);
            feeds.Changed(Feed, changed.ToItem());
        }
        Result = changed.ToContract();
    }

    protected virtual bool May(MessageRow row) => true;

    /// <summary>Changes the row; false when it is so already.</summary>
    protected abstract bool Changes(MessageRow row, SimTransaction transaction, long revision);
}

/// <summary>Changes a message's text, or leaves a tombstone.</summary>
internal sealed class SimEdit : SimChange
{
    /// <summary>The new text; null for a tombstone.</summary>
    public required string? Text { get; init; }

    protected override bool May(MessageRow row) => row.AuthorId == Caller;

    protected override bool Changes(MessageRow row, SimTransaction transaction, long revision)
    {
        (row.Text, row.EditedAt, row.Deleted) = (Text, row.CreatedAt + 1, Text is null);
        return true;
    }
}

/// <summary>Adds a reaction, or takes it back, by the service's own rule.</summary>
internal sealed class SimReaction : SimChange
{
    public required string Emoji { get; init; }
    public required bool Present { get; init; }

    protected override bool Changes(MessageRow row, SimTransaction transaction, long revision)
    {
        var all = transaction.Rows<ReactionRow>().Where(r => r.MessageId == row.Id).ToList();
        if (ReactionRule.Decide(all, new ReactionRow { MessageId = row.Id, Emoji = Emoji, UserId = Caller, MadeAt = revision }, Present) is not { } step)
            return false;
        var key = (row.Id, Caller, Emoji);
        if (step.Added)
            transaction.Put(key, step.Row);
        else
            transaction.Remove<ReactionRow>(key);
        row.Reactions = step.Summary;
        return true;
    }
}
