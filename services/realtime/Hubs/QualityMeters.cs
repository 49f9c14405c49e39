using System.Diagnostics.Metrics;
using ChatGenius.Hosting.Telemetry;

namespace ChatGenius.Realtime.Hubs;

/// <summary>What clients report of their connections, as metrics. Clients say what they like: each label takes known words only, and each number is bounded. Thread-safe.</summary>
internal sealed class QualityMeters
{
    const string Other = "other";

    /// <summary>Numbers of one kind that one report may bring.</summary>
    const int ListLimit = 100;

    static readonly HashSet<string> s_transports = ["webSockets", "serverSentEvents", "longPolling"];
    static readonly HashSet<string> s_clients = ["dotnet", "typescript"];
    static readonly HashSet<string> s_fallbacks = ["noUpgrade", "chosen"];

    // What the two clients of this repository can say.
    static readonly HashSet<string> s_causes =
    [
        "expired", "sessionEnded", "stalled", "draining", "tooMany", "protocolError", "otherCode", "lost", "cut", "silent", "unauthenticated", "signedOut", "unavailable", "nameUnknown",
        "unreachable", "noNetwork", "deviceOffline", "refused", "noUpgrade", "failed",
    ];

    readonly Histogram<double> _roundTrip;
    readonly Histogram<double> _away;
    readonly Histogram<double> _post;
    readonly Counter<long> _reports;
    readonly Counter<long> _reconnects;
    readonly Counter<long> _gaps;
    readonly Counter<long> _fallbacks;

    public QualityMeters(IMeterFactory factory)
    {
        var meter = factory.Create("ChatGenius.Realtime");
        _roundTrip = meter.CreateHistogram("chatgenius.client.round_trip.duration", "s", "Round trips as clients report them.", advice: Buckets.Seconds);
        _away = meter.CreateHistogram("chatgenius.client.away.duration", "s", "How long clients were away at a reconnect, as they report it.", advice: Buckets.Absences);
        _post = meter.CreateHistogram("chatgenius.client.post.duration", "s", "From sending a message until its author sees it in the channel, as clients report it.", advice: Buckets.Seconds);
        _reports = meter.CreateCounter<long>("chatgenius.client.reports", "{report}", "Reports of clients.");
        _reconnects = meter.CreateCounter<long>("chatgenius.client.reconnects", "{reconnect}", "Reconnects as clients report them, by what ended the connection before.");
        _gaps = meter.CreateCounter<long>("chatgenius.client.gaps", "{gap}", "Gaps as clients report them.");
        _fallbacks = meter.CreateCounter<long>("chatgenius.client.fallbacks", "{fallback}", "Connections that clients opened by another transport than WebSockets, by reason.");
    }

    public bool Record(ConnectionQuality quality)
    {
        var transport = Label("transport", quality.Transport, s_transports);
        var client = Label("client", quality.Client, s_clients);
        _reports.Add(1, transport, client);
        if (quality.RoundTripMs is { } roundTrip)
            Record(_roundTrip, [roundTrip], transport);
        Record(_away, quality.AwayMs, client);
        Record(_post, quality.PostMs, transport);
        foreach (var (cause, times) in (quality.Causes ?? Count(quality.Reconnects)).Take(ListLimit))
            _reconnects.Add(Bounded(times), Label("cause", cause, s_causes), client);
        foreach (var (reason, times) in (quality.Fallbacks ?? Count(null)).Take(ListLimit))
            _fallbacks.Add(Bounded(times), Label("reason", reason, s_fallbacks), client, transport);
        _gaps.Add(Bounded(quality.Gaps ?? 0), client);
        return true;
    }

    static void Record(Histogram<double> histogram, IReadOnlyList<double>? milliseconds, KeyValuePair<string, object?> label)
    {
        foreach (var value in (milliseconds ?? []).Take(ListLimit).Where(ms => ms is >= 0 and < 86_400_000))
            histogram.Record(value / 1000, label);
    }

    static Dictionary<string, int> Count(int? unnamed) => unnamed is > 0 ? new Dictionary<string, int> { [Other] = unnamed.Value } : [];

    static int Bounded(int times) => Math.Clamp(times, 0, 1000);

    static KeyValuePair<string, object?> Label(string name, string? said, HashSet<string> known) => new(name, said is not null && known.Contains(said) ? said : Other);
}
