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
    }

    protected override HttpMessageHandler WrapHandler(ForwarderHttpClientContext context, HttpMessageHandler handler) => new WholeRequests(handler);
}
