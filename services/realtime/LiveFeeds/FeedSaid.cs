using ChatGenius.Feeds.Owning;
using ChatGenius.Hosting.Telemetry;
using ChatGenius.Realtime.Backplane;

namespace ChatGenius.Realtime.LiveFeeds;

/// <summary>What is said of a feed on the backplane.</summary>
internal sealed record FeedSaid
{
    public required Delta Delta { get; init; }

    /// <inheritdoc cref="CommitOrigin.At"/>
    public DateTimeOffset? CommittedAt { get; init; }

    /// <inheritdoc cref="CommitOrigin.Trace"/>
    public string? Trace { get; init; }

    /// <summary>Says each delta on its feed's topic.</summary>
    /// <param name="deltas">The deltas of a message of the bus.</param>
    /// <param name="backplane">Where to.</param>
    /// <param name="committedAt">When the oldest of their commits was there.</param>
    public static void Spread(IReadOnlyList<Delta> deltas, IBackplane backplane, DateTimeOffset? committedAt)
    {
        var trace = Traces.Here;
        foreach (var delta in deltas)
            backplane.Publish(Topics.Feed(delta.Feed), new FeedSaid { Delta = delta, CommittedAt = committedAt, Trace = trace });
    }
}
