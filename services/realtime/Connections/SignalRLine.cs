using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.SignalR.Protocol;

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

    public Task WriteAsync(IReadOnlyList<Outgoing> outgoing, CancellationToken cancellation) =>
        context.WriteAsync(outgoing.Count == 1 ? outgoing[0].Message : Together(outgoing, context.Protocol), cancellation).AsTask();

    public void RequestClose() => context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();

    public void Abort() => context.Abort();

    /// <summary>Several messages as one. SignalR's protocols say where each ends, so they may share a frame: one system call in the gateway and one in the client for all of them.</summary>
    internal static SerializedHubMessage Together(IReadOnlyList<Outgoing> outgoing, IHubProtocol protocol)
    {
        var (parts, length) = (new ReadOnlyMemory<byte>[outgoing.Count], 0);
        for (var i = 0; i < parts.Length; i++)
            length += (parts[i] = outgoing[i].Message.GetSerializedMessage(protocol)).Length;
        var (whole, at) = (new byte[length], 0);
        foreach (var part in parts)
        {
            part.CopyTo(whole.AsMemory(at));
            at += part.Length;
        }
        return new SerializedHubMessage([new SerializedMessage(protocol.Name, whole)]);
    }
}
