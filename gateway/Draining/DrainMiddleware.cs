using ChatGenius.Hosting.Settings;
using Microsoft.Extensions.Options;

namespace ChatGenius.Gateway.Draining;

/// <summary>
/// When the gateway shuts down, closes the hub's connections one after another over the drain time, so that their clients do not all come back at once.
/// Other requests end by themselves.
/// </summary>
internal sealed class DrainMiddleware(RequestDelegate next, IHostApplicationLifetime lifetime, IOptions<ChatGeniusSettings> settings, TimeProvider time)
{
    // Multiples of the golden ratio, modulo 1, are spread evenly however many there are.
    const double Spread = 0.618033988749895;

    long _connections;

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(Contracts.Realtime.HubPath.Realtime, StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }
        var share = Interlocked.Increment(ref _connections) * Spread % 1;
        using var close = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var stopping = lifetime.ApplicationStopping.Register(() => close.CancelAfter(settings.Value.DrainTime * share));
        using var abort = close.Token.Register(context.Abort);
        await next(context);
    }
}
