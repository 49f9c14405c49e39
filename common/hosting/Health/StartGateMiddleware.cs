using ChatGenius.Hosting.Databases;
using ChatGenius.Hosting.Problems;

namespace ChatGenius.Hosting.Health;

/// <summary>Answers 503 <c>starting</c> until the databases of the process are up.</summary>
internal sealed class StartGateMiddleware(RequestDelegate next, DatabaseStartGate gate)
{
    public Task InvokeAsync(HttpContext context) =>
        gate.IsReady || context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
            ? next(context)
            : ProblemWriter.WriteAsync(context, ErrorCodes.Starting, gate.Waiting, retryAfter: TimeSpan.FromSeconds(1));
}
