using System.Text.RegularExpressions;
using ChatGenius.Contracts.Realtime;
using ChatGenius.Gateway;
using ChatGenius.Host;
using ChatGenius.Hosting.Auth;
using ChatGenius.TestSupport.Processes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

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
    public void OnlyTheHub_FindsOutByItselfWhoAsks() => Assert.Equal(
        [HubPath.Realtime, HubPath.Realtime + "/negotiate"],
        RoutesOf(_host).Where(route => route.Metadata.GetMetadata<OwnAuthentication>() is not null).Select(route => route.RoutePattern.RawText!).Order(StringComparer.Ordinal));

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

    [Fact]
    public async Task Gateway_AnswersEveryPathThatOneProcessAnswers_AndNoOther()
    {
        await using var gateway = GatewayApplication.Build(
            [$"--ChatGenius:DataPath={_work.Path}", "--ChatGenius:PublicUrl=http://127.0.0.1:8080", $"--ChatGenius:ServiceKey={new string('k', 64)}"]);
        var exposed = RoutesOf(gateway);
        var host = RoutesOf(_host);

        foreach (var route in host.Where(route => !IsOfOneProcess(route)))
            Assert.True(exposed.Any(other => Leads(other, SampleOf(route))), $"{route.RoutePattern.RawText} is served by one process and not by the gateway.");
        foreach (var route in exposed)
            Assert.True(IsAnsweredBySignIn(route) || host.Any(other => Leads(route, SampleOf(other))), $"{route.RoutePattern.RawText} is served by the gateway and not by one process.");
    }

    internal static IReadOnlyList<RouteEndpoint> RoutesOf(WebApplication app) =>
        [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];

    // Figures of one process stand for the deployment only where there is one process.
    static bool IsOfOneProcess(RouteEndpoint route) => route.RoutePattern.RawText!.Contains("/admin/status", StringComparison.Ordinal);

    // The sign-in server answers these without a route of ASP.NET's.
    static bool IsAnsweredBySignIn(RouteEndpoint route) => route.RoutePattern.RawText!.StartsWith("/.well-known", StringComparison.Ordinal);

    /// <summary>A path that leads to the route, with something in place of each parameter.</summary>
    static string SampleOf(RouteEndpoint route) => Parameters().Replace(route.RoutePattern.RawText!, "0199a5a0-0000-7000-8000-000000000000").TrimEnd('/') is { Length: > 0 } path ? "/" + path.TrimStart('/') : "/";

    static bool Leads(RouteEndpoint route, string path) =>
        new TemplateMatcher(TemplateParser.Parse(route.RoutePattern.RawText!.TrimStart('/')), []).TryMatch(path, []);

    // Two templates that differ only in the names and kinds of their parameters are the same to a caller, unless a constraint tells them apart.
    static string Shape(RouteEndpoint route) => Parameters().Replace(route.RoutePattern.RawText!, match => match.Groups["constraint"].Success ? match.Value : "{}").TrimEnd('/');

    [GeneratedRegex(@"\{[^}:]*(?<constraint>:[^}]*)?\}")]
    private static partial Regex Parameters();
}
