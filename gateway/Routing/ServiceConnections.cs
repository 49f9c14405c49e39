using System.Net;
using System.Net.Sockets;
using Yarp.ReverseProxy.Forwarder;

namespace ChatGenius.Gateway.Routing;

/// <summary>How the gateway's own HTTP connections to the services are made: those to realtime, of which clients hold many, share a few; others have a socket each.</summary>
/// <param name="shared">Connections that others share.</param>
internal sealed class ServiceConnections(SharedConnections shared) : ForwarderHttpClientFactory
{
    /// <summary>How long the gateway tries to connect to an instance, in one network.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Opens a connection of its own.</summary>
    public static async ValueTask<Stream> ConnectAsync(DnsEndPoint to, CancellationToken cancellation)
    {
        // As .NET's own does.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(to, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        handler.ConnectTimeout = ConnectTimeout;
        var mayShare = context.ClusterId == "realtime";
        handler.ConnectCallback = async (connection, cancellation) =>
            new ServiceStream(mayShare && connection.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttp
                && await shared.TryOpenAsync(connection.DnsEndPoint, cancellation) is { } stream ? stream : await ConnectAsync(connection.DnsEndPoint, cancellation));
    }

    protected override HttpMessageHandler WrapHandler(ForwarderHttpClientContext context, HttpMessageHandler handler) => new WholeRequests(new BareUpgrades(handler));
}
