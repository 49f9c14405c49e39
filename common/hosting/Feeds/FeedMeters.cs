using System.Diagnostics.Metrics;
using ChatGenius.Hosting.Telemetry;

namespace ChatGenius.Hosting.Feeds;

/// <summary>What is counted about feeds, wherever they are owned or followed. The label <c>service</c> is who counts, <c>owner</c> whose feeds they are. Thread-safe.</summary>
public sealed class FeedMeters
{
    /// <summary>The meter's name.</summary>
    public const string Name = "ChatGenius.Feeds";

    readonly Counter<long> _lost;
    readonly Counter<long> _repaired;
    readonly Counter<long> _pulls;
    readonly Counter<long> _gaps;
    readonly Counter<long> _notCompared;
    readonly Gauge<long> _lag;
    readonly Histogram<double> _fenceWait;
    readonly Lock _gate = new();
    readonly List<(KeyValuePair<string, object?> Service, Func<long> Read)> _unsent = [];

    public FeedMeters(IMeterFactory factory)
    {
        var meter = factory.Create(Name);
        _lost = meter.CreateCounter<long>("chatgenius.feed.deltas.lost", "{delta}", "Deltas that could not be published; followers find them at their next tick.");
        _repaired = meter.CreateCounter<long>("chatgenius.feed.tails.repaired", "{feed}", "Feeds that a follower found behind at a tick and brought up to date.");
        _pulls = meter.CreateCounter<long>("chatgenius.feed.pulls", "{feed}", "Feeds read from their owner.");
        _gaps = meter.CreateCounter<long>("chatgenius.feed.gaps", "{gap}", "Deltas that came before the one that they follow.");
        _notCompared = meter.CreateCounter<long>("chatgenius.feed.compare.failures", "{failure}", "Comparisons of heads that failed since the owner did not answer.");
        _lag = meter.CreateGauge<long>("chatgenius.feed.lag", "{revision}", "Revisions that the owner had and the follower had not, in all feeds together, at the last tick.");
        _fenceWait = meter.CreateHistogram("chatgenius.fence.wait.duration", "s", "Waits for memberships as new as the content or the command that needs them.", advice: Buckets.Seconds);
        meter.CreateObservableGauge("chatgenius.feed.deltas.unsent", ReadUnsent, "{delta}", "Deltas that are committed and not published yet.");
    }

    /// <summary>Deltas could not be published.</summary>
    public void Lost(string service, int deltas) => _lost.Add(deltas, By(service));

    /// <summary>A tick found feeds behind and brought them up to date.</summary>
    public void Repaired(string service, string owner, int feeds) => _repaired.Add(feeds, By(service), Of(owner));

    /// <summary>Feeds were read from this owner.</summary>
    public void Pulled(string service, int feeds) => _pulls.Add(feeds, By(service));

    /// <summary>A delta came before the one that it follows.</summary>
    public void Gap(string service, string owner) => _gaps.Add(1, By(service), Of(owner));

    /// <summary>Heads were compared.</summary>
    public void Compared(string service, string owner, long behind) => _lag.Record(behind, By(service), Of(owner));

    /// <summary>Heads could not be compared.</summary>
    public void NotCompared(string service, string owner) => _notCompared.Add(1, By(service), Of(owner));

    /// <summary>Something waits until memberships are as new as it needs; the wait ends when what is given back is disposed.</summary>
    public IDisposable WaitForFence(string service, TimeProvider time) => new FenceWait(_fenceWait, By(service), time);

    /// <summary>Has the deltas that wait to be published counted, whenever somebody asks.</summary>
    internal void WatchUnsent(string service, Func<long> read)
    {
        lock (_gate)
            _unsent.Add((By(service), read));
    }

    Measurement<long>[] ReadUnsent()
    {
        lock (_gate)
            return [.. _unsent.Select(u => new Measurement<long>(u.Read(), u.Service))];
    }

    static KeyValuePair<string, object?> By(string service) => new("service", service);

    static KeyValuePair<string, object?> Of(string owner) => new("owner", owner);

    sealed class FenceWait(Histogram<double> waits, KeyValuePair<string, object?> service, TimeProvider time) : IDisposable
    {
        readonly long _began = time.GetTimestamp();

        public void Dispose() => waits.Record(time.GetElapsedTime(_began).TotalSeconds, service);
    }
}
