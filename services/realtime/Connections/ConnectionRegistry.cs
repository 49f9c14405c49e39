using ChatGenius.Hosting.Auth;
using ChatGenius.Realtime.Hubs;
using ChatGenius.Realtime.Opening;

namespace ChatGenius.Realtime.Connections;

/// <summary>Takes connections in from SignalR and lets them go. Stands in SignalR's own place for them, so that nothing is ever sent to a group by awaiting its members. Thread-safe.</summary>
internal sealed class ConnectionRegistry : DefaultHubLifetimeManager<ChatHub>
{
    readonly LiveConnections _connections;
    readonly TicketHolders _tickets;
    readonly PolledConnections _polled;

    public ConnectionRegistry(
        LiveConnections connections, EndedSessionWatch sessions, TicketHolders tickets, PolledConnections polled, ILogger<DefaultHubLifetimeManager<ChatHub>> logger) : base(logger)
    {
        (_connections, _tickets, _polled) = (connections, tickets, polled);
        sessions.Ended += connections.End;
    }

    public override async Task OnConnectedAsync(HubConnectionContext connection)
    {
        await base.OnConnectedAsync(connection);
        var (line, user) = (new SignalRLine(connection), connection.User!);
        if (line.IsPolled)
            _polled.Open(Token(connection), user.SessionId());
        _connections.Open(line, new ConnectionOwner(user.UserId(), user.SessionId(), user.TokenExpiry(), line.Transport));
    }

    public override async Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        _ = LetGoAsync(Token(connection), new SignalRLine(connection).IsPolled);
        _connections.Leave(connection.ConnectionId);
        await base.OnDisconnectedAsync(connection);
    }

    // The polls that come for the rest bring the ticket, too.
    async Task LetGoAsync(string connectionToken, bool isPolled)
    {
        if (isPolled)
            await _polled.CloseAsync(connectionToken);
        _tickets.Release(connectionToken);
    }

    // Empty for one that was not negotiated.
    static string Token(HubConnectionContext connection) => connection.GetHttpContext()?.Request.Query["id"].ToString() ?? "";
}
