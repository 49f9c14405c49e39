using ChatGenius.Hosting.Auth;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace ChatGenius.Realtime.Opening;

/// <summary>Knows what a connection's later requests rest on, that it is polled and the ticket that it holds, from before the hub hears of it until it is over, whether it ever shook hands or not. Thread-safe.</summary>
internal sealed class OpenConnections(PolledConnections polled, TicketHolders tickets)
{
    /// <summary>Has the hub serve a connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="hub">Serves it until it is over.</param>
    public Task ServeAsync(ConnectionContext connection, ConnectionDelegate hub)
    {
        // Empty for one that was not negotiated.
        var token = connection.GetHttpContext()?.Request.Query["id"].ToString() ?? "";
        var isPolled = connection.Features.Get<IHttpTransportFeature>()?.TransportType == HttpTransportType.LongPolling;
        // Most have nothing to let go of, and keep nothing for that.
        return isPolled || tickets.Holds(token) ? ServeAsync(connection, hub, token, isPolled) : hub(connection);
    }

    async Task ServeAsync(ConnectionContext connection, ConnectionDelegate hub, string token, bool isPolled)
    {
        if (isPolled)
            polled.Open(token, connection.Features.GetRequiredFeature<IConnectionUserFeature>().User!.SessionId());
        try
        {
            await hub(connection);
        }
        finally
        {
            _ = LetGoAsync(token, isPolled);
        }
    }

    // The polls that come for the rest bring the ticket, too.
    async Task LetGoAsync(string token, bool isPolled)
    {
        if (isPolled)
            await polled.CloseAsync(token);
        tickets.Release(token);
    }
}
