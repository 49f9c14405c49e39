using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Features;

namespace ChatGenius.Realtime.Connections;

/// <summary>A connection of SignalR as a line. Thread-safe.</summary>
internal sealed class SignalRLine(HubConnectionContext context) : IConnectionLine
{
    public string Id => context.ConnectionId;
    public CancellationToken Gone => context.ConnectionAborted;

    /// <summary>How the client is connected, as metrics name it.</summary>
    public string Transport => context.Features.Get<IHttpTransportFeature>()?.TransportType switch
    {
        HttpTransportType.WebSockets => "webSockets",
        HttpTransportType.ServerSentEvents => "serverSentEvents",
        HttpTransportType.LongPolling => "longPolling",
        _ => "other",
    };

    public Task WriteAsync(Outgoing outgoing, CancellationToken cancellation) => context.WriteAsync(outgoing.Message, cancellation).AsTask();

    public void RequestClose() => context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();

    public void Abort() => context.Abort();
}
