using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace ChatGenius.EdgeTests.Support;

/// <summary>What a proxy that knows no WebSockets does with an upgrade.</summary>
public enum UpgradeBlock
{
    /// <summary>It answers that it will not.</summary>
    Refuses,

    /// <summary>It forwards the request and leaves the upgrade out.</summary>
    LeavesOut,

    /// <summary>It answers nothing until the client gives up, and then closes.</summary>
    Breaks,
}

/// <summary>A proxy as there are some in offices and hotels: it forwards everything but upgrades.</summary>
internal static class BlockingProxy
{
    public static Task<Running> StartAsync(Uri target, UpgradeBlock block, Action blocked)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.None };
        return Running.StartAsync(
            builder => builder.Services.AddHttpForwarder(),
            app =>
            {
                app.Lifetime.ApplicationStopped.Register(handler.Dispose);
                var invoker = new HttpMessageInvoker(handler);
                var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
                app.Run(async context =>
                {
                    if (context.Request.Headers.ContainsKey("Upgrade"))
                    {
                        blocked();
                        switch (block)
                        {
                            case UpgradeBlock.Refuses:
                                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                                return;
                            case UpgradeBlock.Breaks:
                                context.Abort();
                                return;
                            default:
                                foreach (var name in context.Request.Headers.Keys.Where(name => name is "Upgrade" or "Connection" || name.StartsWith("Sec-WebSocket", StringComparison.OrdinalIgnoreCase)).ToArray())
                                    context.Request.Headers.Remove(name);
                                break;
                        }
                    }
                    await forwarder.SendAsync(context, target.ToString(), invoker);
                });
            });
    }
}
