using System.Diagnostics.Metrics;
using System.Globalization;
using ChatGenius.Hosting.Telemetry;

namespace ChatGenius.Realtime.Connections;

/// <summary>What is measured of connections, with bounded labels: state, transport, close code. Thread-safe.</summary>
internal sealed class ConnectionMeters
{
    readonly Meter _meter;
    readonly UpDownCounter<long> _connections;
    readonly Counter<long> _opened;
    readonly Counter<long> _closed;
    readonly Counter<long> _moves;
    readonly Counter<long> _overflows;
    readonly Histogram<double> _life;
    readonly Histogram<double> _delivery;

    public ConnectionMeters(IMeterFactory factory)
    {
        _meter = factory.Create("ChatGenius.Realtime");
        _connections = _meter.CreateUpDownCounter<long>("chatgenius.connections", "{connection}", "Connections by state and transport.");
        _opened = _meter.CreateCounter<long>("chatgenius.connections.opened", "{connection}", "Connections that opened, by transport: what is not webSockets fell back.");
        _closed = _meter.CreateCounter<long>("chatgenius.connections.closed", "{connection}", "Connections that ended, by close code (none: lost) and transport.");
        _moves = _meter.CreateCounter<long>("chatgenius.connection.moves", "{move}", "Steps of connections from state to state.");
        _overflows = _meter.CreateCounter<long>("chatgenius.connection.overflows", "{overflow}", "Queues that met their bound; their clients were told to sync.");
        _life = _meter.CreateHistogram("chatgenius.connection.duration", "s", "How long connections lasted.", advice: Buckets.Absences);
        _delivery = _meter.CreateHistogram("chatgenius.delivery.duration", "s",
            "From a commit to the moment when a connection's transport had taken its delta. What a tick repaired is not in it.", advice: Buckets.Seconds);
    }

    public void Opened(LiveConnection connection)
    {
        _opened.Add(1, Transport(connection));
        _connections.Add(1, State(connection.State), Transport(connection));
    }

    public void Moved(LiveConnection connection, ConnectionMove move)
    {
        _connections.Add(-1, State(move.From), Transport(connection));
        if (move.To != ConnectionState.Closed)
            _connections.Add(1, State(move.To), Transport(connection));
        else
            Ended(connection, move.Code);
        if (move.To == ConnectionState.Behind)
            _overflows.Add(1, Transport(connection));
        _moves.Add(1, new("from", Name(move.From)), new("to", Name(move.To)));
    }

    /// <summary>A connection's transport has taken something. Costs nothing while nobody listens, and allocates nothing.</summary>
    public void Handed(LiveConnection connection, Outgoing outgoing, TimeProvider time)
    {
        if (_delivery.Enabled && outgoing.Origin.At is { } committed)
            _delivery.Record(Math.Max(0, (time.GetUtcNow() - committed).TotalSeconds), Transport(connection));
    }

    /// <summary>Has the queues looked at, whenever somebody asks.</summary>
    public void WatchQueues(LiveConnections connections)
    {
        _meter.CreateObservableGauge("chatgenius.connection.queue.total", () => connections.All.Sum(c => (long)c.Queued.Deltas), "{delta}", "Deltas that wait to be written to connections.");
        _meter.CreateObservableGauge("chatgenius.connection.queue.longest", () => connections.All.Select(c => c.Queued.Deltas).DefaultIfEmpty().Max(), "{delta}", "Deltas that wait for the connection for which most wait.");
        _meter.CreateObservableGauge("chatgenius.connection.queue.size", () => connections.All.Sum(c => (long)c.Queued.Bytes), "By", "What waits to be written to connections.");
    }

    void Ended(LiveConnection connection, int? code)
    {
        var named = new KeyValuePair<string, object?>("code", code?.ToString(CultureInfo.InvariantCulture) ?? "none");
        _closed.Add(1, named, Transport(connection));
        _life.Record(connection.Age.TotalSeconds, named, Transport(connection));
    }

    static KeyValuePair<string, object?> State(ConnectionState state) => new("state", Name(state));

    static KeyValuePair<string, object?> Transport(LiveConnection connection) => new("transport", connection.Transport);

    static string Name(ConnectionState state) => state switch
    {
        ConnectionState.Connecting => "connecting",
        ConnectionState.Syncing => "syncing",
        ConnectionState.Live => "live",
        ConnectionState.Behind => "behind",
        ConnectionState.Draining => "draining",
        _ => "closed",
    };
}
