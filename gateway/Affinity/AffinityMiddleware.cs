using Microsoft.AspNetCore.Http.Extensions;

namespace ChatGenius.Gateway.Affinity;

/// <summary>Sends the later requests of a connection (<c>?id=</c>) to the instance that it was negotiated with; any other goes anywhere.</summary>
internal sealed class AffinityMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Path.StartsWithSegments(Contracts.Realtime.HubPath.Realtime, StringComparison.OrdinalIgnoreCase)
            && request.Query["id"] is [{ } marked] && InstanceKey.TryRead(marked, out var key, out var connectionId))
        {
            var proxy = context.GetReverseProxyFeature();
            // One that is not healthy may still hold the connection.
            if (proxy.AllDestinations.FirstOrDefault(d => InstanceKey.Of(d) == key) is { } instance)
                proxy.AvailableDestinations = new[] { instance };
            request.QueryString = new QueryBuilder(request.Query.Select(q =>
                q.Key == "id" ? new KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>(q.Key, connectionId) : q)).ToQueryString();
        }
        return next(context);
    }
}
