using ChatGenius.Hosting.Settings;

namespace ChatGenius.Hosting.Edge;

/// <summary>
/// What belongs to the one public address, used alike by the gateway and by the one-process host: cross-origin calls, security headers, rate and size limits,
/// the web client's files, and the pages that describe the API.
/// </summary>
public static class EdgeRegistration
{
    /// <summary>Adds the edge's services.</summary>
    public static IHostApplicationBuilder AddEdge(this IHostApplicationBuilder builder)
    {
        builder.Services.AddCors();
        builder.Services.AddSingleton<RateLimits.RateLimitTable>();
        builder.Services.AddSingleton<RateLimits.RequestSource>();
        builder.Services.AddSingleton<EventPage>();
        builder.Services.AddSingleton<ApiPage>();
        return builder;
    }

    /// <summary>Adds the edge's middleware; before routing.</summary>
    public static IApplicationBuilder UseEdge(this IApplicationBuilder app)
    {
        app.UseTrustedProxies();
        app.UseMiddleware<SecurityHeaders>();
        app.UseCrossOrigin();
        app.UseMiddleware<RequestSize>();
        app.UseMiddleware<RateLimits.RateLimitMiddleware>();
        app.UseWebFiles();
        return app;
    }

    /// <summary>True where there is a web client to serve; else the API is served alone.</summary>
    public static bool ServesWebClient(this ChatGeniusSettings settings) => WebFiles.AreServed(settings);

    /// <summary>Maps <c>/</c>, <c>/docs</c>, <c>/docs/events</c>, <c>/openapi/v1.json</c>, <c>/asyncapi/v1.json</c>, <c>/asyncapi/bus/v1.json</c>, <c>/api/v1/config</c> and <c>/api/v1/errors</c>.</summary>
    public static IEndpointRouteBuilder MapEdge(this IEndpointRouteBuilder routes)
    {
        routes.MapPublicFacts();
        routes.MapApiPages();
        return routes;
    }
}
