using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace ChatGenius.Specs.Talking;

/// <summary>What a proxy that knows no WebSockets does with an upgrade.</summary>
public enum UpgradeBlock
{
    /// <summary>It answers that it will not.</summary>
    Refuses,

    /// <summary>It forwards the request and leaves the upgrade out.</summary>
    LeavesOut,

    /// <summary>It closes the connection.</summary>
    Breaks,
}

/// <summary>A proxy as there are some in offices and hotels: it forwards everything but upgrades. Thread-safe.</summary>
public sealed class BlockingProxy : IAsyncDisposable
{
    readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.None });
    readonly WebApplication _app;
    int _blocked;

    BlockingProxy(Uri target, UpgradeBlock block)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddHttpForwarder();
        _app = builder.Build();
        var forwarder = _app.Services.GetRequiredService<IHttpForwarder>();
        _app.Run(async context =>
        {
            if (context.Request.Headers.ContainsKey("Upgrade") && !LetPass(context, block))
                return;
            await forwarder.SendAsync(context, target.ToString(), _client);
        });
    }

    public Uri Address => new(_app.Urls.First());

    /// <summary>How many upgrades were blocked.</summary>
    public int Blocked => Volatile.Read(ref _blocked);

    public static async Task<BlockingProxy> StartAsync(Uri target, UpgradeBlock block)
    {
        var proxy = new BlockingProxy(target, block);
        await proxy._app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    bool LetPass(HttpContext context, UpgradeBlock block)
    {
        Interlocked.Increment(ref _blocked);
        if (block == UpgradeBlock.Refuses)
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        else if (block == UpgradeBlock.Breaks)
            context.Abort();
        else
            foreach (var name in context.Request.Headers.Keys.Where(name => name is "Upgrade" or "Connection" || name.StartsWith("Sec-WebSocket", StringComparison.OrdinalIgnoreCase)).ToArray())
                context.Request.Headers.Remove(name);
        return block == UpgradeBlock.LeavesOut;
    }
}
