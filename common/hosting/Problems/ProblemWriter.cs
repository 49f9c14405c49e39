using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace ChatGenius.Hosting.Problems;

/// <summary>Writes RFC 9457 problem details.</summary>
public static class ProblemWriter
{
    /// <summary>Answers with a problem; does nothing when the answer has begun.</summary>
    public static async Task WriteAsync(HttpContext context, ErrorCode error, string? detail = null,
        IReadOnlyDictionary<string, string[]>? errors = null, TimeSpan? retryAfter = null)
    {
        var response = context.Response;
        if (response.HasStarted)
            return;
        response.StatusCode = error.Status;
        response.ContentType = "application/problem+json";
        response.Headers.CacheControl = "no-store";
        if (retryAfter is { } wait)
            response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (error.Status == StatusCodes.Status401Unauthorized && response.Headers.WWWAuthenticate.Count == 0)
            response.Headers.WWWAuthenticate = error.Code == "unauthenticated" ? "Bearer" : $"Bearer error=\"invalid_token\", error_description=\"{error.Code}\"";
        var problem = new Dictionary<string, object?>
        {
            ["type"] = $"/api/v1/errors#{error.Code}",
            ["title"] = error.Title,
            ["status"] = error.Status,
            ["detail"] = detail ?? error.Remedy,
            ["instance"] = context.Request.Path.Value,
            ["code"] = error.Code,
            ["traceId"] = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier,
        };
        if (context.Request.Path.StartsWithSegments("/connect", StringComparison.Ordinal))
        {
            // Clients of these addresses read errors as RFC 6749 has them.
            problem["error"] = error.Code;
            problem["error_description"] = detail ?? error.Remedy;
        }
        if (errors is not null)
            problem["errors"] = errors;
        await response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(problem, ContractsJson.Options), context.RequestAborted);
    }
}
