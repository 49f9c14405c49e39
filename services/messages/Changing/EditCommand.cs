using ChatGenius.Messages.Writing;

namespace ChatGenius.Messages.Changing;

/// <summary>Changes the text of one's own message.</summary>
internal sealed class EditCommand : SingleCommand<Message>
{
    public required Guid MessageId { get; init; }
    public required string Text { get; init; }

    protected override async Task<Message> DecideAsync(WriteBatch batch, CancellationToken cancellation)
    {
        var message = await batch.MessageAsync(ChannelId, MessageId, cancellation);
        if (message.AuthorId != Caller)
            throw new ProblemException(ErrorCodes.Forbidden, "Only its author may edit a message.");
        if (message.Deleted)
            throw new ProblemException(ErrorCodes.MessageDeleted);
        if (message.Text == Text)
            return message.ToContract();
        message.Text = Text;
        message.EditedAt = batch.Now;
        return batch.Changed(message);
    }
}
