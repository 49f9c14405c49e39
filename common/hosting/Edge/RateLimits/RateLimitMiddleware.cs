using ChatGenius.Hosting.Problems;

namespace ChatGenius.Hosting.Edge.RateLimits;

/// <summary>Counts requests, says on every answer what remains, and refuses what is too much.</summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, RateLimitTable limits, RequestSource source)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (limits.Of(context.Request) is not { } limit)
        {
            await next(context);
            return;
        }
        var taken = limit.TryTake(limit.PerUser ? await source.UserOrAddressAsync(context) : RequestSource.Address(context), out var remaining);
        context.Response.Headers["RateLimit-Policy"] = limit.Policy;
        context.Response.Headers["RateLimit"] = remaining;
        if (taken)
            await next(context);
        else
            await ProblemWriter.WriteAsync(context, ErrorCodes.RateLimited, retryAfter: limit.RetryAfter);
    }
}
