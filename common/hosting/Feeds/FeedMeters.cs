using System.Diagnostics.Metrics;

namespace ChatGenius.Hosting.Feeds;

/// <summary>What is counted about feeds.</summary>
public sealed class FeedMeters
{
    /// <summary>The meter's name.</summary>
    public const string Name = "ChatGenius.Feeds";

    public FeedMeters(IMeterFactory factory)
    {
        var meter = factory.Create(Name);
        DeltasLost = meter.CreateCounter<long>("chatgenius.feed.deltas.lost", "{delta}", "Deltas that could not be published; followers find them at their next tick.");
        TailsRepaired = meter.CreateCounter<long>("chatgenius.feed.tails.repaired", "{feed}", "Feeds that a follower found behind at a tick and brought up to date.");
        Pulls = meter.CreateCounter<long>("chatgenius.feed.pulls", "{feed}", "Feeds read from their owner.");
    }

    public Counter<long> DeltasLost { get; }
    public Counter<long> TailsRepaired { get; }
    public Counter<long> Pulls { get; }
}
