namespace ChatGenius.Hosting.Requests;

/// <summary>Routes of pages, which people and those who watch over the server open, rather than programs.</summary>
internal static class PageRoutes
{
    static readonly string[] s_reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps a page. Who watches that an address answers asks for its head alone.</summary>
    public static RouteHandlerBuilder MapPage(this IEndpointRouteBuilder routes, string pattern, Delegate handler) => routes.MapMethods(pattern, s_reading, handler);
}
