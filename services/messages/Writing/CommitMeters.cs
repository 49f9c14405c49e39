using System.Diagnostics.Metrics;
using ChatGenius.Hosting.Telemetry;

namespace ChatGenius.Messages.Writing;

/// <summary>What is measured of the transactions that carry commands. Thread-safe.</summary>
internal sealed class CommitMeters
{
    readonly Meter _meter;
    readonly Histogram<int> _size;
    readonly Histogram<double> _duration;
    readonly Counter<long> _failed;

    public CommitMeters(IMeterFactory factory)
    {
        _meter = factory.Create("ChatGenius.Messages");
        _size = _meter.CreateHistogram("chatgenius.messages.commit.size", "{command}", "Commands in one transaction.", advice: Buckets.Counts);
        _duration = _meter.CreateHistogram("chatgenius.messages.commit.duration", "s", "From the begin of a transaction to its commit.", advice: Buckets.Seconds);
        _failed = _meter.CreateCounter<long>("chatgenius.messages.commit.failures", "{transaction}", "Transactions that failed; the commands of one that carried several are tried alone.");
    }

    /// <summary>A transaction was committed.</summary>
    public void Committed(int commands, TimeSpan took)
    {
        _size.Record(commands);
        _duration.Record(took.TotalSeconds);
    }

    /// <summary>A transaction failed.</summary>
    public void Failed() => _failed.Add(1);

    /// <summary>Has the commands that wait counted, whenever somebody asks.</summary>
    public void WatchQueue(Func<int> read) => _meter.CreateObservableGauge("chatgenius.messages.commit.queue", read, "{command}", "Commands that wait for a transaction.");
}
