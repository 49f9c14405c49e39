using System.Text.Json;
using System.Text.RegularExpressions;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Gateway;
using ChatGenius.Host;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Configuration;

namespace ChatGenius.DocsTests;

/// <summary>The data flow in <c>docs/architecture.md</c> is the one in the code.</summary>
public sealed partial class DiagramTests
{
    static readonly string Diagram = Flow().Match(File.ReadAllText(Repository.Path("docs/architecture.md"))).Value;

    [Fact]
    public async Task Routes_AreTheGateways()
    {
        await using var gateway = GatewayApplication.Build([$"--ChatGenius:PublicUrl=http://127.0.0.1:8080", $"--ChatGenius:ServiceKey={new string('k', 64)}"]);
        var routes = gateway.Services.GetRequiredService<IProxyConfigProvider>().GetConfig().Routes.Select(route => $"{route.Match.Path} {route.ClusterId}");

        Assert.Equal(routes.Order(StringComparer.Ordinal), Edges("gateway", "-->").SelectMany(edge => edge.Label.Split("<br>").Select(path => $"{path} {edge.To}")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Events_GoThroughTheQueuesOfTheBus()
    {
        using var bus = JsonDocument.Parse(File.ReadAllText(Repository.Path("docs/asyncapi/bus.json")));
        var (sent, received) = (new List<string>(), new List<string>());
        foreach (var operation in bus.RootElement.GetProperty("operations").EnumerateObject())
        {
            var events = operation.Value.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("$ref").GetString()!.Split('/')[^1]);
            if (operation.Value.GetProperty("action").GetString() == "send")
                sent.AddRange(events.Select(e => $"{operation.Name[..^"Publishes".Length]} {e}"));
            else
                received.AddRange(events.Select(e => $"{e} {operation.Name} {operation.Name.Split('-')[0]}"));
        }

        var drawn = Edges(null, "-.->").ToArray();
        var queues = Queues().Matches(Diagram).ToDictionary(m => m.Groups["id"].Value, m => m.Groups["name"].Value);
        Assert.Equal(sent.Order(StringComparer.Ordinal), drawn.Where(e => e.Label.Length > 0).Select(e => $"{e.From} {e.Label}").Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(received.Order(StringComparer.Ordinal), drawn.Where(e => queues.ContainsKey(e.To)).Select(e => $"{e.Label} {queues[e.To]} {drawn.Single(d => d.From == e.To).To}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Feeds_AreTheirOwners()
    {
        var owned = Enum.GetValues<FeedKind>().Select(kind => $"{FeedName.OwnerOf(kind)} {new FeedName(kind, Guid.Empty).ToString().Replace(Guid.Empty.ToString(), "{id}", StringComparison.Ordinal)}");

        Assert.Equal(owned.Order(StringComparer.Ordinal), Stores().Matches(Diagram).SelectMany(m => m.Groups["feeds"].Value.Split("<br>").Select(feed => $"{m.Groups["service"].Value} {feed}")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Pulls_AreTheCallsOfTheModules()
    {
        var calls = HostApplication.Modules.SelectMany(module => module.Calls.Select(other => $"{module.Name} {other}"));

        Assert.Equal(calls.Order(StringComparer.Ordinal), Edges(null, "==>").Select(edge => $"{edge.From} {edge.To}").Order(StringComparer.Ordinal));
    }

    static IEnumerable<(string From, string Label, string To)> Edges(string? from, string arrow) => Diagram.Split('\n').Select(line => Edge().Match(line.Trim()))
        .Where(edge => edge.Success && edge.Groups["arrow"].Value == arrow && (from is null || edge.Groups["from"].Value == from))
        .Select(edge => (edge.Groups["from"].Value, edge.Groups["label"].Value, edge.Groups["to"].Value));

    [GeneratedRegex("```mermaid\nflowchart.*?```", RegexOptions.Singleline)]
    private static partial Regex Flow();

    [GeneratedRegex("""^(?<from>\w+) (?<arrow>-->|-\.->|==>)(\|"(?<label>[^"]*)"\|)? (?<to>\w+)$""")]
    private static partial Regex Edge();

    [GeneratedRegex("""(?<id>\w+)\[\["(?<name>[^"]+)"\]\]""")]
    private static partial Regex Queues();

    [GeneratedRegex("""(?<service>\w+)Feeds\[\("(?<feeds>[^"]+)"\)\]""")]
    private static partial Regex Stores();
}
