using System.Text.RegularExpressions;
using ChatGenius.Host;
using ChatGenius.TestSupport.Processes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace ChatGenius.ArchitectureTests;

public sealed partial class RouteTests : IDisposable
{
    readonly WorkFolder _work = new();
    readonly WebApplication _host;

    public RouteTests() => _host = HostApplication.Build([$"--ChatGenius:DataPath={_work.Path}"]);

    public void Dispose()
    {
        ((IDisposable)_host).Dispose();
        _work.Dispose();
    }

    [Fact]
    public void EveryRoute_SaysWhoMayCallIt()
    {
        var routes = RoutesOf(_host);
        Assert.NotEmpty(routes);
        foreach (var route in routes)
        {
            var says = route.Metadata.GetMetadata<IAuthorizeData>() is not null || route.Metadata.GetMetadata<AuthorizationPolicy>() is not null
                || route.Metadata.GetMetadata<IAllowAnonymous>() is not null;
            Assert.True(says, $"{route.DisplayName} ({route.RoutePattern.RawText}) neither requires authorization nor allows everyone.");
        }
    }

    [Fact]
    public void OneProcess_MapsNothingBetweenServices() =>
        Assert.DoesNotContain(RoutesOf(_host), route => route.RoutePattern.RawText!.StartsWith("/internal", StringComparison.Ordinal));

    [Fact]
    public void EveryRoute_OfOneProcess_IsAnsweredByOneHandler()
    {
        var handlers = RoutesOf(_host)
            .SelectMany(route => (route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["*"]).Select(method => $"{method} {Shape(route)}"))
            .GroupBy(handler => handler).Where(group => group.Count() > 1);

        Assert.Empty(handlers.Select(group => group.Key));
    }

    internal static IReadOnlyList<RouteEndpoint> RoutesOf(WebApplication app) =>
        [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];

    // Two templates that differ only in the names and kinds of their parameters are the same to a caller, unless a constraint tells them apart.
    static string Shape(RouteEndpoint route) => Parameters().Replace(route.RoutePattern.RawText!, match => match.Groups["constraint"].Success ? match.Value : "{}").TrimEnd('/');

    [GeneratedRegex(@"\{[^}:]*(?<constraint>:[^}]*)?\}")]
    private static partial Regex Parameters();
}
