using ChatGenius.Messages.Writing;

namespace ChatGenius.Messages.Changing;

/// <summary>Pins a message, or takes the pin off.</summary>
internal sealed class PinCommand : SingleCommand<Message>
{
    public required Guid MessageId { get; init; }
    public required bool Pinned { get; init; }

    protected override async Task<Message> DecideAsync(WriteBatch batch, CancellationToken cancellation)
    {
        var message = await batch.MessageAsync(ChannelId, MessageId, cancellation);
        if (message.Deleted)
            throw new ProblemException(ErrorCodes.MessageDeleted);
        if (message.Pinned == Pinned)
            return message.ToContract();
        message.Pinned = Pinned;
        return batch.Changed(message);
    }
}
