using ChatGenius.Hosting.Multiplexing;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace ChatGenius.Hosting.Upgrades;

/// <summary>
/// Has what is written to an upgraded connection (a WebSocket) go straight to what carries it: its socket, in one system call where it takes that, or its stream of a shared connection. Kestrel would copy it into a pipe, from which a loop of each connection's
/// own sends it, which was a third of what a frame cost the gateway (docs/adr/0028).
/// </summary>
public static class DirectUpgrade
{
    /// <summary>Offers it to every request that comes by here; before what upgrades.</summary>
    /// <param name="app">The pipeline.</param>
    /// <param name="patience">How long a client may not take all of one write before its connection is ended; infinite where something else sees to that.</param>
    public static IApplicationBuilder UseDirectUpgrade(this IApplicationBuilder app, TimeSpan patience) => app.Use((context, next) =>
    {
        Offer(context, patience);
        return next(context);
    });

    /// <summary>Offers it to every request of some endpoints.</summary>
    /// <param name="endpoints">The endpoints.</param>
    /// <param name="patience">How long a client may not take all of one write before its connection is ended; infinite where something else sees to that.</param>
    public static void WritesDirectly(this IEndpointConventionBuilder endpoints, TimeSpan patience) => endpoints.Finally(endpoint =>
    {
        var answer = endpoint.RequestDelegate ?? throw new InvalidOperationException($"{endpoint.DisplayName} answers nothing.");
        endpoint.RequestDelegate = context =>
        {
            Offer(context, patience);
            return answer(context);
        };
    });

    // Not over TLS or HTTP/2, where what carries the connection carries something else than what is written; nor where nothing is known to carry it.
    static void Offer(HttpContext context, TimeSpan patience)
    {
        var features = context.Features;
        if (features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade
            && features.Get<ITlsHandshakeFeature>() is null && Carrier(features) is { } carrier)
            features.Set<IHttpUpgradeFeature>(new Upgrade(upgrade, carrier, context, patience));
    }

    static ICarrier? Carrier(IFeatureCollection features)
    {
        if (features.Get<MultiplexedStream>() is { } stream)
            return stream;
        return features.Get<IConnectionSocketFeature>()?.Socket is { } socket ? new SocketCarrier(socket) : null;
    }

    sealed class Upgrade(IHttpUpgradeFeature upgrade, ICarrier carrier, HttpContext context, TimeSpan patience) : IHttpUpgradeFeature
    {
        public bool IsUpgradableRequest => upgrade.IsUpgradableRequest;

        public async Task<Stream> UpgradeAsync()
        {
            var time = context.RequestServices.GetService<TimeProvider>() ?? TimeProvider.System;
            var connection = new UpgradedConnection(await upgrade.UpgradeAsync(), carrier, patience, context.Abort, time);
            context.Features.Set(connection);
            return connection;
        }
    }
}
