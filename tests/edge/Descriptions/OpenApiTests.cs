using ChatGenius.Channels;
using ChatGenius.Contracts;
using ChatGenius.Host;
using ChatGenius.Hosting.Applications;
using ChatGenius.Identity;
using ChatGenius.Messages;
using ChatGenius.Realtime;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenIddict.Server;

namespace ChatGenius.EdgeTests.Descriptions;

/// <summary>
/// The API as described against the snapshots in <c>docs/openapi</c>. When the API is meant to change, <c>CHATGENIUS_UPDATE_SNAPSHOTS=1 ./test OpenApi</c> writes them anew.
/// </summary>
public sealed class OpenApiTests
{
    public static TheoryData<string> Names => ["identity", "channels", "messages", "realtime", "merged"];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Description_IsTheCommittedOne(string name)
    {
        await using var app = Build(name);
        Snapshot.Check($"docs/openapi/{name}.json", await app.DescribeAsync());
    }

    [Fact]
    public async Task Operations_SayWhatTheyDoAndHowTheyRefuse()
    {
        await using var app = Build("merged");
        using var document = JsonDocument.Parse(await app.DescribeAsync());
        Assert.StartsWith("3.1.", document.RootElement.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        foreach (var path in document.RootElement.GetProperty("paths").EnumerateObject())
            foreach (var operation in path.Value.EnumerateObject())
            {
                Assert.True(operation.Value.TryGetProperty("summary", out _), $"{operation.Name} {path.Name} has no summary.");
                Assert.True(operation.Value.GetProperty("responses").TryGetProperty("4XX", out _), $"{operation.Name} {path.Name} does not refuse.");
                Assert.DoesNotContain("/internal/", path.Name, StringComparison.Ordinal);
            }
    }

    [Fact]
    public async Task EveryRouteOfTheRunningApplication_IsDescribed()
    {
        await using var app = Build("merged");
        using var document = JsonDocument.Parse(await app.DescribeAsync());
        var described = document.RootElement.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(o => $"{o.Name.ToUpperInvariant()} {path.Name}")).ToHashSet();

        var routes = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToArray();

        Assert.NotEmpty(routes);
        foreach (var route in routes.Where(r => !IsNoOperation(r.RoutePattern.RawText!)))
            foreach (var method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["any method of"])
                Assert.Contains($"{method} /{route.RoutePattern.RawText!.Trim('/')}", described);
        // The sign-in server answers these before routing.
        var signIn = app.Services.GetRequiredService<IOptionsMonitor<OpenIddictServerOptions>>().CurrentValue;
        Uri[] answered = [.. signIn.TokenEndpointUris, .. signIn.RevocationEndpointUris, .. signIn.UserInfoEndpointUris, .. signIn.JsonWebKeySetEndpointUris, .. signIn.ConfigurationEndpointUris,
            .. signIn.AuthorizationEndpointUris, .. signIn.IntrospectionEndpointUris, .. signIn.DeviceAuthorizationEndpointUris, .. signIn.EndSessionEndpointUris, .. signIn.PushedAuthorizationEndpointUris];
        Assert.True(answered.Length >= 5);
        foreach (var uri in answered.Where(u => !u.IsAbsoluteUri))
            Assert.Contains(described, operation => operation.EndsWith(" /" + uri.OriginalString, StringComparison.Ordinal));
    }

    [Fact]
    public async Task EveryBody_HasAnExampleThatItsContractTakes()
    {
        await using var app = Build("merged");
        var document = System.Text.Json.Nodes.JsonNode.Parse(await app.DescribeAsync())!;
        var examples = AsyncApiTests.Examples();
        foreach (var (path, item) in document["paths"]!.AsObject())
            foreach (var (method, operation) in item!.AsObject())
                foreach (var (_, content) in operation!["requestBody"]?["content"]?.AsObject() ?? [])
                    Assert.True(content!["example"] is not null, $"{method} {path} has no example.");
        foreach (var type in typeof(ContractsJson).Assembly.GetTypes().Where(t => !t.IsGenericType && examples.ContainsKey(t.Name)))
        {
            var read = JsonSerializer.Deserialize(examples[type.Name], type, ContractsJson.Options);
            // What is read and written again has lost nothing: each field of the example is one of the contract.
            foreach (var (field, _) in examples[type.Name]!.AsObject())
                Assert.True(JsonSerializer.SerializeToNode(read, type, ContractsJson.Options)!.AsObject().ContainsKey(field), $"The example of {type.Name} has {field}, which its contract has not.");
        }
    }

    // Pages for people, probes for operators, the hub, which AsyncAPI describes, and the figures of one process, which no deployment of several has.
    static bool IsNoOperation(string route) =>
        route.Trim('/') is "" or "docs" or "docs/events" or "openapi/v1.json" or "asyncapi/v1.json" or "asyncapi/bus/v1.json" or "api/v1/admin/status" || route.Trim('/').Split('/')[0] is "health" or "realtime" or "internal" or "admin" || route.Contains("{*", StringComparison.Ordinal);

    static WebApplication Build(string name)
    {
        string[] settings =
        [
            "--urls", "http://127.0.0.1:0", $"--ChatGenius:PublicUrl={Edges.PublicUrl}", $"--ChatGenius:ServiceKey={new string('k', 32)}", $"--ChatGenius:DataPath={Repository.Scratch}",
        ];
        if (name == "merged")
            return HostApplication.Build(settings);
        Module[] modules = [IdentityModule.Module, ChannelsModule.Module, MessagesModule.Module, RealtimeModule.Module];
        // Nothing of these is reached, since nothing is started.
        string[] parts = ["--ConnectionStrings:Postgres=Host=nowhere", "--ConnectionStrings:RabbitMq=amqp://nowhere", "--ConnectionStrings:Redis=nowhere:6379"];
        return ServiceApplication.Build([.. settings, .. parts], name, [modules.Single(m => m.Name == name)]);
    }
}
