using System.Diagnostics.Metrics;
using System.Globalization;

namespace ChatGenius.Realtime.Connections;

/// <summary>What is counted about connections, with bounded labels: state, transport, close code. Thread-safe.</summary>
internal sealed class ConnectionMeters
{
    readonly UpDownCounter<long> _connections;
    readonly Counter<long> _opened;
    readonly Counter<long> _closed;
    readonly Counter<long> _moves;
    readonly Counter<long> _overflows;

    public ConnectionMeters(IMeterFactory factory)
    {
        var meter = factory.Create("ChatGenius.Realtime");
        _connections = meter.CreateUpDownCounter<long>("chatgenius.connections", "{connection}", "Connections by state and transport.");
        _opened = meter.CreateCounter<long>("chatgenius.connections.opened", "{connection}", "Connections that opened, by transport: what is not webSockets fell back.");
        _closed = meter.CreateCounter<long>("chatgenius.connections.closed", "{connection}", "Connections that ended, by close code (none: lost) and transport.");
        _moves = meter.CreateCounter<long>("chatgenius.connection.moves", "{move}", "Steps of connections from state to state.");
        _overflows = meter.CreateCounter<long>("chatgenius.connection.overflows", "{overflow}", "Queues that met their bound; their clients were told to sync.");
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
            _closed.Add(1, new("code", move.Code?.ToString(CultureInfo.InvariantCulture) ?? "none"), Transport(connection));
        if (move.To == ConnectionState.Behind)
            _overflows.Add(1, Transport(connection));
        _moves.Add(1, new("from", Name(move.From)), new("to", Name(move.To)));
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
