using MassTransit;

namespace ChatGenius.Messages.Membership;

/// <summary>Takes the deltas of the channels service from the bus.</summary>
internal sealed class ChannelsFeedsConsumer(FeedFollower<MessagesContext, ChannelsReplica> follower) : IConsumer<ChannelsFeedsChanged>
{
    public const string Queue = "messages-follows-channels";

    public Task Consume(ConsumeContext<ChannelsFeedsChanged> context) => follower.OfferAsync(context.Message.Deltas, context.CancellationToken);
}
