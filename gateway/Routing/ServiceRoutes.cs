using ChatGenius.Gateway.Affinity;
using ChatGenius.Gateway.Destinations;
using ChatGenius.Gateway.Draining;
using ChatGenius.Hosting.Auth;
using ChatGenius.Hosting.Settings;
using ChatGenius.Hosting.Upgrades;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.ServiceDiscovery;
using Yarp.ReverseProxy.Transforms;

namespace ChatGenius.Gateway.Routing;

/// <summary>Hands requests to the services.</summary>
internal static class ServiceRoutes
{
    public static void AddServiceRoutes(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddReverseProxy().AddTransforms<NegotiateTransform>();
        services.AddSingleton<SharedConnections>();
        services.AddSingleton<IForwarderHttpClientFactory, ServiceConnections>();
        services.AddSingleton<IProxyConfigProvider>(s =>
        {
            var addresses = s.GetRequiredService<IOptions<ChatGeniusSettings>>().Value.Services;
            return new InMemoryConfigProvider([.. PublicRoute.All.Select(Route)], [.. ServiceCluster.Names.Select(n => ServiceCluster.Of(n, addresses))]);
        });
        services.AddSingleton<IDestinationResolver, HostNameResolver>();
        // An instance that does not answer its health check is said once, when it is taken out, and not at each try.
        builder.Logging.AddFilter("Yarp.ReverseProxy.Health.ActiveHealthCheckMonitor", LogLevel.Error);
    }

    // Each service decides who may; the gateway lets everyone through to it, and asks nothing about them.
    public static void MapServiceRoutes(this WebApplication app) => app.MapReverseProxy(proxy =>
    {
        proxy.UseMiddleware<DrainMiddleware>();
        proxy.UseMiddleware<AffinityMiddleware>();
        proxy.UseMiddleware<OtherInstanceMiddleware>();
        proxy.UseLoadBalancing();
        // The proxy itself ends what is silent.
        proxy.UseDirectUpgrade(Timeout.InfiniteTimeSpan);
    }).WithMetadata(OwnAuthentication.Instance);

    // No service asks where a request comes from; whom to believe about that is the edge's business. A hub's request would also keep what is said of it in memory as long as its connection.
    static RouteConfig Route(PublicRoute route) => new RouteConfig
    {
        RouteId = route.Path,
        ClusterId = route.Service,
        AuthorizationPolicy = "anonymous",
        Match = new RouteMatch { Path = route.Path },
    }.WithTransformXForwarded(xDefault: ForwardedTransformActions.Remove);
}
