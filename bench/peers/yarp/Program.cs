using Yarp.ReverseProxy.Configuration;

// The hub's path goes to one service and everything else to another. It authenticates nobody, limits nothing and watches nothing.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.Services.AddReverseProxy().LoadFromMemory([Route("realtime", "/realtime/{**rest}"), Route("messages", "/{**rest}")], [Cluster("realtime"), Cluster("messages")]);
var app = builder.Build();
app.MapReverseProxy();
await app.RunAsync();

static RouteConfig Route(string service, string path) => new() { RouteId = service, ClusterId = service, Match = new RouteMatch { Path = path } };

ClusterConfig Cluster(string service) => new()
{
    ClusterId = service,
    Destinations = new Dictionary<string, DestinationConfig> { [service] = new() { Address = builder.Configuration[service]! } },
    HttpRequest = new() { Version = System.Net.HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact },
};
