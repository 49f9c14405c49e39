using ChatGenius.Realtime.Backplane;
using MassTransit;

namespace ChatGenius.Realtime.LiveFeeds;

/// <summary>Takes deltas from the bus, where the instances share one queue, and says them on the backplane, where every instance with a reader hears them.</summary>
internal sealed class FeedsConsumer(IBackplane backplane) : IConsumer<IdentityFeedsChanged>, IConsumer<ChannelsFeedsChanged>, IConsumer<MessagesFeedsChanged>
{
    public const string Queue = "realtime-feeds";

    public Task Consume(ConsumeContext<IdentityFeedsChanged> context) => Spread(context.Message.Deltas, backplane, context.Message.CommittedAt);
    public Task Consume(ConsumeContext<ChannelsFeedsChanged> context) => Spread(context.Message.Deltas, backplane, context.Message.CommittedAt);
    public Task Consume(ConsumeContext<MessagesFeedsChanged> context) => Spread(context.Message.Deltas, backplane, context.Message.CommittedAt);

    /// <inheritdoc cref="FeedSaid.Spread"/>
    public static Task Spread(IReadOnlyList<Delta> deltas, IBackplane backplane, DateTimeOffset? committedAt = null)
    {
        FeedSaid.Spread(deltas, backplane, committedAt);
        return Task.CompletedTask;
    }
}
