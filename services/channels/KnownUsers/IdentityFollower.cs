using MassTransit;

namespace ChatGenius.Channels.KnownUsers;

/// <summary>Takes the deltas of the identity service from the bus.</summary>
internal sealed class IdentityFollower(FeedFollower<ChannelsContext, UsersReplica> follower) : IConsumer<IdentityFeedsChanged>
{
    public Task Consume(ConsumeContext<IdentityFeedsChanged> context) => follower.OfferAsync(context.Message.Deltas, context.CancellationToken);
}
