using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace ChatGenius.Gateway.Destinations;

/// <summary>
/// Tries another instance when one could not be connected to: those that are healthy first, then any. Nothing of the request has been sent then, so this is
/// safe for commands, too.
/// </summary>
internal sealed class OtherInstanceMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var proxy = context.GetReverseProxyFeature();
        var tried = new List<DestinationState>();
        while (true)
        {
            await next(context);
            if (!WasNotConnected(context) || proxy.ProxiedDestination is not { } away)
                return;
            tried.Add(away);
            var others = proxy.AvailableDestinations.Except(tried).ToArray();
            if (others.Length == 0)
                others = [.. proxy.AllDestinations.Except(tried)];
            if (others.Length == 0)
                return;
            proxy.AvailableDestinations = others;
            proxy.ProxiedDestination = null;
            context.Features.Set<IForwarderErrorFeature>(null);
            context.Response.StatusCode = StatusCodes.Status200OK;
        }
    }

    static bool WasNotConnected(HttpContext context) =>
        !context.Response.HasStarted
        && context.GetForwarderErrorFeature()?.Exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError };
}
