using ChatGenius.Contracts.Realtime;

namespace ChatGenius.Client;

/// <summary>What the client sees of its connections between two reports. Not thread-safe: the connection's loop alone uses it.</summary>
internal sealed class QualityMeter
{
    /// <summary>Between two reports.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    readonly SortedDictionary<string, int> _causes = new(StringComparer.Ordinal);
    double? _roundTripMs;

    /// <summary>A call to the hub took so long. The shortest counts: it has the least of the server's own work in it.</summary>
    public void Answered(TimeSpan took) => _roundTripMs = Math.Min(_roundTripMs ?? double.MaxValue, took.TotalMilliseconds);

    /// <summary>A connection ended, and the next is on its way.</summary>
    public void Ended(ConnectionCause cause)
    {
        var name = char.ToLowerInvariant(cause.ToString()[0]) + cause.ToString()[1..];
        _causes[name] = _causes.GetValueOrDefault(name) + 1;
    }

    /// <summary>The report of what was seen since <see cref="Reported"/>.</summary>
    public ConnectionQuality Report(int gaps, string? transport) => new()
    {
        RoundTripMs = _roundTripMs,
        Reconnects = _causes.Values.Sum(),
        Causes = new Dictionary<string, int>(_causes),
        Gaps = gaps,
        Transport = transport,
    };

    /// <summary>The server took the report: the next one begins anew.</summary>
    public void Reported()
    {
        _causes.Clear();
        _roundTripMs = null;
    }
}
