using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatGenius.Hosting.Edge;

/// <summary>The API for programs and for people, and what stands at the root where no web client does.</summary>
internal static class ApiPages
{
    const string Html = "text/html; charset=utf-8";

    public static void MapApiPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        pages.MapGet("/openapi/v1.json", (ApiDocument document) => TypedResults.Bytes(document.Utf8, "application/json; charset=utf-8"));
        pages.MapGet("/docs", (ApiPage page) => TypedResults.Text(page.Html, Html));
        pages.MapGet("/", Root);
    }

    static Results<Ok<RootAnswer>, ContentHttpResult> Root(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? TypedResults.Text(ApiPage.Root, Html)
            : TypedResults.Ok(new RootAnswer("ChatGenius", PublicFacts.Version, "/docs", "/openapi/v1.json", "/api/v1/config"));

    internal sealed record RootAnswer(string Name, string Version, string Docs, string OpenApi, string Config);
}
