using ChatGenius.Hosting.Auth;
using ChatGenius.Realtime.Hubs;

namespace ChatGenius.Realtime.Connections;

/// <summary>Takes connections in from SignalR and lets them go. Stands in SignalR's own place for them, so that nothing is ever sent to a group by awaiting its members. Thread-safe.</summary>
internal sealed class ConnectionRegistry : DefaultHubLifetimeManager<ChatHub>
{
    readonly LiveConnections _connections;

    public ConnectionRegistry(LiveConnections connections, EndedSessionWatch sessions, ILogger<DefaultHubLifetimeManager<ChatHub>> logger) : base(logger)
    {
        _connections = connections;
        sessions.Ended += connections.End;
    }

    public override async Task OnConnectedAsync(HubConnectionContext connection)
    {
        await base.OnConnectedAsync(connection);
        var (line, user) = (new SignalRLine(connection), connection.User!);
        _connections.Open(line, new ConnectionOwner(user.UserId(), user.SessionId(), user.TokenExpiry(), line.Transport));
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        _connections.Leave(connection.ConnectionId);
        return base.OnDisconnectedAsync(connection);
    }
}
