using ChatGenius.Gateway.Routing;
using ChatGenius.Hosting.Applications;
using ChatGenius.Hosting.Edge;

namespace ChatGenius.Gateway;

/// <summary>The one public address of services that run apart.</summary>
public static class GatewayApplication
{
    /// <summary>Builds the process. It starts whether or not the services are there.</summary>
    /// <param name="args">The command line: <c>--urls</c> and any setting.</param>
    /// <param name="add">What the process adds.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? add = null)
    {
        var app = ServiceApplication.Build(args, "gateway", [],
            add: builder =>
            {
                builder.AddEdge().AddServiceRoutes();
                builder.Services.AddInlineSockets();
                add?.Invoke(builder);
            },
            use: app => app.UseEdge());
        app.MapEdge();
        app.MapServiceRoutes();
        return app;
    }
}
