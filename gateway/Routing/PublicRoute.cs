namespace ChatGenius.Gateway.Routing;

/// <summary>Public paths of a service. Where two match, ASP.NET's routing takes the one that says more.</summary>
/// <param name="Path">A route template.</param>
/// <param name="Service">The service that answers.</param>
internal sealed record PublicRoute(string Path, string Service)
{
    /// <summary>Every public path; whatever is not here, <c>/internal</c> above all, is not reachable from outside.</summary>
    public static IReadOnlyList<PublicRoute> All { get; } =
    [
        new("/connect/{**rest}", "identity"),
        new("/.well-known/{**rest}", "identity"),
        new("/api/v1/users/{**rest}", "identity"),
        new("/api/v1/realtime/ticket", "identity"),

        new("/api/v1/channels/{**rest}", "channels"),
        new("/api/v1/users/{user}/channels/{id}", "channels"),

        new("/api/v1/channels/{id}/messages/{**rest}", "messages"),
        new("/api/v1/channels/{id}/read", "messages"),
        new("/api/v1/users/{user}/channels", "messages"),

        new("/api/v1/sync", "realtime"),
        new("/realtime/{**rest}", "realtime"),
    ];
}
