using ChatGenius.Hosting.Requests;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatGenius.Hosting.Health;

internal static class HealthEndpoints
{
    /// <summary>Maps <c>/health/live</c> (the process answers) and <c>/health/ready</c> (it can do its work; 503 and what it waits for otherwise).</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").AllowAnonymous().ExcludeFromDescription();
        health.MapPage("/live", () => TypedResults.Ok(new { status = "live" }));
        health.MapPage("/ready", Results<Ok<ReadyReport>, JsonHttpResult<ReadyReport>> (IEnumerable<IReadiness> parts) =>
        {
            var report = new ReadyReport(parts.Any(p => !p.IsReady) ? "waiting" : "ready",
                parts.GroupBy(p => p.Name).ToDictionary(g => g.Key, g => g.Select(p => p.Waiting).FirstOrDefault(w => w is not null) ?? "ready"));
            return report.Status == "ready" ? TypedResults.Ok(report) : TypedResults.Json(report, statusCode: StatusCodes.Status503ServiceUnavailable);
        });
    }

    internal sealed record ReadyReport(string Status, IReadOnlyDictionary<string, string> Parts);
}
