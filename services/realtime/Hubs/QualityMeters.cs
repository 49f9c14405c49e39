using System.Diagnostics.Metrics;

namespace ChatGenius.Realtime.Hubs;

/// <summary>What clients report of their connections, as metrics with bounded labels. Thread-safe.</summary>
internal sealed class QualityMeters
{
    readonly Histogram<double> _roundTrip;
    readonly Counter<long> _reconnects;
    readonly Counter<long> _gaps;

    public QualityMeters(IMeterFactory factory)
    {
        var meter = factory.Create("ChatGenius.Realtime");
        _roundTrip = meter.CreateHistogram<double>("chatgenius.client.round_trip.duration", "s", "Round trips as clients report them.");
        _reconnects = meter.CreateCounter<long>("chatgenius.client.reconnects", "{reconnect}", "Reconnects as clients report them.");
        _gaps = meter.CreateCounter<long>("chatgenius.client.gaps", "{gap}", "Gaps as clients report them.");
    }

    public bool Record(ConnectionQuality quality)
    {
        var transport = new KeyValuePair<string, object?>("transport", quality.Transport is "webSockets" or "serverSentEvents" or "longPolling" ? quality.Transport : "other");
        if (quality.RoundTripMs is >= 0 and < 600_000)
            _roundTrip.Record(quality.RoundTripMs.Value / 1000, transport);
        _reconnects.Add(Math.Clamp(quality.Reconnects ?? 0, 0, 1000), transport);
        _gaps.Add(Math.Clamp(quality.Gaps ?? 0, 0, 1000), transport);
        return true;
    }
}
