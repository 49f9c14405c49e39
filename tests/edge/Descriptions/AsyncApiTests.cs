using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using ChatGenius.Contracts.Realtime;
using ChatGenius.EdgeTests.Descriptions.Compatibility;
using ChatGenius.EdgeTests.Descriptions.Events;

namespace ChatGenius.EdgeTests.Descriptions;

/// <summary>
/// Events as the contracts say them against the snapshots in <c>docs/asyncapi</c>. When they are meant to change, <c>CHATGENIUS_UPDATE_SNAPSHOTS=1 ./test AsyncApi</c> writes them anew.
/// </summary>
public sealed class AsyncApiTests
{
    static readonly JsonSerializerOptions s_written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("hub")]
    [InlineData("bus")]
    public void Description_IsTheCommittedOne(string name)
    {
        var described = (name == "hub" ? HubDescription.Describe(Examples()) : BusDescription.Describe()).ToJsonString(s_written).ReplaceLineEndings("\n") + "\n";
        Snapshot.Check($"docs/asyncapi/{name}.json", described);
    }

    [Fact]
    public void EveryEventAndMethodOfTheHub_IsDescribed()
    {
        var hub = Read("docs/asyncapi/hub.json");
        foreach (var method in typeof(IChatHub).GetMethods())
            Assert.True(IsDescribed(hub, "call" + method.Name, "receive"), $"The method {method.Name} is not described.");
        foreach (var happening in typeof(IChatClient).GetMethods())
            Assert.True(IsDescribed(hub, "on" + happening.Name, "send"), $"The event {happening.Name} is not described.");
        Assert.Equal(typeof(IChatHub).GetMethods().Length + typeof(IChatClient).GetMethods().Length, hub["operations"]!.AsObject().Count);
    }

    [Fact]
    public void EveryMethodThatTheHubTakes_IsInItsContract()
    {
        var hub = typeof(ChatGenius.Realtime.RealtimeModule).Assembly.GetType("ChatGenius.Realtime.Hubs.ChatHub", throwOnError: true)!;
        var taken = hub.GetMethods(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.DeclaredOnly).Select(m => m.Name);
        Assert.Equal(typeof(IChatHub).GetMethods().Select(m => m.Name).Order(StringComparer.Ordinal), taken.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryFieldOfAnEvent_SaysWhatItIs()
    {
        foreach (var (name, schema) in Read("docs/asyncapi/hub.json")["components"]!["schemas"]!.AsObject())
            Assert.True(schema!["description"] is not null, $"{name} is not described.");
    }

    [Fact]
    public void EveryMessage_HasAnExampleOfItsOwn()
    {
        foreach (var (name, message) in Read("docs/asyncapi/hub.json")["components"]!["messages"]!.AsObject())
            Assert.True(message!["examples"] is not null || name == "Refused" || message["payload"]!["properties"]!["result"] is null && name.EndsWith("Answer", StringComparison.Ordinal), $"{name} has no example.");
    }

    static bool IsDescribed(JsonObject document, string operation, string action) =>
        document["operations"]![operation] is { } found && (string)found["action"]! == action && (string?)found["summary"] is { Length: > 0 };

    internal static JsonObject Examples() => Read("docs/examples.json");

    internal static JsonObject Read(string path) => JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, path)))!.AsObject();
}
