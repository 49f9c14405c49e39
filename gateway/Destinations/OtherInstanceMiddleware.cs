using Yarp.ReverseProxy.Forwarder;

namespace ChatGenius.Gateway.Destinations;

/// <summary>
/// Tries another instance when one could not be connected to. Nothing of the request has been sent then, so this is safe for commands, too.
/// </summary>
internal sealed class OtherInstanceMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var proxy = context.GetReverseProxyFeature();
        while (true)
        {
            await next(context);
            if (!WasNotConnected(context) || proxy.ProxiedDestination is not { } away)
                return;
            var others = proxy.AvailableDestinations.Where(d => d != away).ToArray();
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
