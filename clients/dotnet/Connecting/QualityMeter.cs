using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Realtime;

namespace ChatGenius.Client;

/// <summary>What the client sees of its connections between two reports. Thread-safe.</summary>
internal sealed class QualityMeter
{
    /// <summary>Between two reports.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>Numbers of one kind that a report brings at most.</summary>
    const int ListLimit = 20;

    readonly Lock _gate = new();
    readonly SortedDictionary<string, int> _causes = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, int> _fallbacks = new(StringComparer.Ordinal);
    readonly List<double> _awayMs = [];
    readonly List<double> _postMs = [];
    readonly Dictionary<Guid, TimeSpan> _sent = [];
    TimeSpan? _lostAt;
    double? _roundTripMs;

    /// <summary>A call to the hub took so long. The shortest counts: it has the least of the server's own work in it.</summary>
    public void Answered(TimeSpan took)
    {
        lock (_gate)
            _roundTripMs = Math.Min(_roundTripMs ?? double.MaxValue, took.TotalMilliseconds);
    }

    /// <summary>A connection ended, or did not open, and the next is on its way.</summary>
    public void Ended(ConnectionCause cause, TimeSpan now)
    {
        lock (_gate)
        {
            Count(_causes, char.ToLowerInvariant(cause.ToString()[0]) + cause.ToString()[1..]);
            _lostAt ??= now;
        }
    }

    /// <summary>A connection has everything.</summary>
    /// <param name="transport">What it uses.</param>
    /// <param name="mayUpgrade">True when WebSockets may be used.</param>
    /// <param name="now">The time.</param>
    public void CaughtUp(string? transport, bool mayUpgrade, TimeSpan now)
    {
        lock (_gate)
        {
            if (transport is not (null or "webSockets"))
                Count(_fallbacks, mayUpgrade ? "noUpgrade" : "chosen");
            if (_lostAt is { } lost && _awayMs.Count < ListLimit)
                _awayMs.Add((now - lost).TotalMilliseconds);
            _lostAt = null;
        }
    }

    /// <summary>A message goes out.</summary>
    public void Sent(Guid clientId, TimeSpan now)
    {
        lock (_gate)
            if (_sent.Count < ListLimit)
                _sent.TryAdd(clientId, now);
    }

    /// <summary>A delta came; one's own messages in it were on their way until now.</summary>
    public void Came(Delta delta, TimeSpan now)
    {
        lock (_gate)
        {
            if (_sent.Count == 0 || !delta.Feed.EndsWith("/messages", StringComparison.Ordinal))
                return;
            foreach (var item in delta.Items)
                if (item.TryGetProperty("clientId", out var id) && id.TryGetGuid(out var clientId) && _sent.Remove(clientId, out var sent) && _postMs.Count < ListLimit)
                    _postMs.Add((now - sent).TotalMilliseconds);
        }
    }

    /// <summary>The report of what was seen since <see cref="Reported"/>.</summary>
    public ConnectionQuality Report(int gaps, string? transport)
    {
        lock (_gate)
            return new ConnectionQuality
            {
                RoundTripMs = _roundTripMs,
                Reconnects = _causes.Values.Sum(),
                Causes = new Dictionary<string, int>(_causes),
                Gaps = gaps,
                Transport = transport,
                Client = "dotnet",
                AwayMs = [.. _awayMs],
                PostMs = [.. _postMs],
                Fallbacks = new Dictionary<string, int>(_fallbacks),
            };
    }

    /// <summary>The server took the report: the next one begins anew.</summary>
    public void Reported()
    {
        lock (_gate)
        {
            _causes.Clear();
            _fallbacks.Clear();
            _awayMs.Clear();
            _postMs.Clear();
            // What has not come back by now was refused, or comes with a reset.
            _sent.Clear();
            _roundTripMs = null;
        }
    }

    static void Count(SortedDictionary<string, int> counted, string name) => counted[name] = counted.GetValueOrDefault(name) + 1;
}
