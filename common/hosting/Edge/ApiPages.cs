using ChatGenius.Hosting.Requests;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatGenius.Hosting.Edge;

/// <summary>The API for programs and for people, and what stands at the root where no web client does.</summary>
internal static class ApiPages
{
    const string Json = "application/json; charset=utf-8";
    const string Html = "text/html; charset=utf-8";

    public static void MapApiPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        pages.MapPage("/openapi/v1.json", () => TypedResults.Bytes(ApiDocument.Http.Utf8, Json));
        pages.MapPage("/asyncapi/v1.json", () => TypedResults.Bytes(ApiDocument.Hub.Utf8, Json));
        pages.MapPage("/asyncapi/bus/v1.json", () => TypedResults.Bytes(ApiDocument.Bus.Utf8, Json));
        pages.MapPage("/docs/events", (EventPage page) => TypedResults.Text(page.Html, Html));
        pages.MapPage("/docs", (ApiPage page) => TypedResults.Text(page.Html, Html));
        pages.MapPage("/", Root);
    }

    static Results<Ok<RootAnswer>, ContentHttpResult> Root(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? TypedResults.Text(ApiPage.Root, Html)
            : TypedResults.Ok(new RootAnswer("ChatGenius", PublicFacts.Version, "/docs", "/openapi/v1.json", "/asyncapi/v1.json", "/api/v1/config"));

    internal sealed record RootAnswer(string Name, string Version, string Docs, string OpenApi, string AsyncApi, string Config);
}
