using System.Reflection;
using ChatGenius.Hosting.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatGenius.Host.Status;

/// <summary><c>GET /api/v1/admin/status</c>, for administrators alone, and the page that shows it. The page itself holds nothing: it asks for a password and then for the figures.</summary>
internal static class StatusRoutes
{
    public static void AddStatus(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<StatusBoard>();
        builder.Services.AddHostedService(s => s.GetRequiredService<StatusBoard>());
    }

    public static void MapStatus(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/admin/status", (StatusBoard board, HttpContext http) => Fresh(board, http)).RequireAuthorization(AuthPolicies.Administrator).ExcludeFromDescription();
        var page = routes.MapGroup("/admin").AllowAnonymous().ExcludeFromDescription();
        page.MapGet("/status", () => File("status.html", "text/html; charset=utf-8"));
        page.MapGet("/status.js", () => File("status.js", "text/javascript; charset=utf-8"));
        page.MapGet("/status.css", () => File("status.css", "text/css; charset=utf-8"));
    }

    static Ok<StatusReport> Fresh(StatusBoard board, HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(board.Look());
    }

    static FileStreamHttpResult File(string name, string type) => TypedResults.Stream(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!, type);
}
