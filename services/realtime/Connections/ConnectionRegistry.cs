using System.Collections.Concurrent;
using ChatGenius.Hosting.Auth;
using ChatGenius.Realtime.Hubs;
using ChatGenius.Realtime.LiveFeeds;
using ChatGenius.Realtime.Opening;

namespace ChatGenius.Realtime.Connections;

/// <summary>The connections of this instance. Stands in SignalR's own place for them, so that nothing is ever sent to a group by awaiting its members. Thread-safe.</summary>
internal sealed partial class ConnectionRegistry : DefaultHubLifetimeManager<ChatHub>
{
    readonly ConcurrentDictionary<string, LiveConnection> _connections = new(StringComparer.Ordinal);
    readonly IOptions<RealtimeSettings> _settings;
    readonly TimeProvider _time;
    readonly TicketHolders _tickets;
    readonly ILogger _logger;

    public ConnectionRegistry(IOptions<RealtimeSettings> settings, TimeProvider time, EndedSessionWatch sessions, TicketHolders tickets, ILogger<ConnectionRegistry> logger,
        ILogger<DefaultHubLifetimeManager<ChatHub>> baseLogger) : base(baseLogger)
    {
        (_settings, _time, _tickets, _logger) = (settings, time, tickets, logger);
        sessions.Ended += session =>
        {
            foreach (var connection in All.Where(c => c.SessionId == session))
                Close(connection, CloseCode.Closing(CloseCode.SessionEnded));
        };
    }

    /// <summary>Every connection there is.</summary>
    public IEnumerable<LiveConnection> All => _connections.Values;

    /// <summary>Raised when a connection came or went.</summary>
    public event Action<LiveConnection>? Changed;

    /// <summary>A connection by its id.</summary>
    public LiveConnection Get(string id) => _connections[id];

    /// <summary>Closes a connection with a code; nobody waits for it.</summary>
    public void Close(LiveConnection connection, ConnectionClosing closing)
    {
        LogClosing(connection.Id, connection.UserId, closing.Code);
        _ = connection.CloseAsync(closing);
    }

    public override async Task OnConnectedAsync(HubConnectionContext connection)
    {
        await base.OnConnectedAsync(connection);
        var live = new LiveConnection(connection, _settings.Value, _time);
        _connections[live.Id] = live;
        _ = live.PumpAsync();
        LogOpened(live.Id, live.UserId, live.SessionId);
        if (All.Count(c => c.UserId == live.UserId) > _settings.Value.ConnectionsPerUser)
            Close(live, CloseCode.Closing(CloseCode.TooMany));
        Changed?.Invoke(live);
    }

    public override async Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        if (_connections.TryRemove(connection.ConnectionId, out var live))
        {
            _tickets.Release(connection.GetHttpContext());
            LiveFeedDirectory.Leave(live);
            LogClosed(live.Id, live.UserId);
            Changed?.Invoke(live);
        }
        await base.OnDisconnectedAsync(connection);
    }

    [LoggerMessage(4201, LogLevel.Information, "Connection {Connection} of user {User} opened (session {Session}).")]
    partial void LogOpened(string connection, Guid user, string session);

    [LoggerMessage(4202, LogLevel.Information, "Connection {Connection} of user {User} is being closed with {Code}.")]
    partial void LogClosing(string connection, Guid user, int code);

    [LoggerMessage(4203, LogLevel.Information, "Connection {Connection} of user {User} ended.")]
    partial void LogClosed(string connection, Guid user);
}
