using System.Net.Sockets;
using Yarp.ReverseProxy.Forwarder;

namespace ChatGenius.Gateway.Routing;

/// <summary>How the gateway's own HTTP connections to the services are made.</summary>
internal sealed class ServiceConnections : ForwarderHttpClientFactory
{
    /// <summary>How long the gateway tries to connect to an instance, in one network.</summary>
    static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        handler.ConnectTimeout = ConnectTimeout;
        handler.ConnectCallback = ConnectAsync;
    }

    protected override HttpMessageHandler WrapHandler(ForwarderHttpClientContext context, HttpMessageHandler handler) => new WholeRequests(new BareUpgrades(handler));

    static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        // As .NET's own does.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            return new ServiceSocket(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
