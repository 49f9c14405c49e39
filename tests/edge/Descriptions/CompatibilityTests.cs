using System.Diagnostics;
using System.Text.Json.Nodes;
using ChatGenius.EdgeTests.Descriptions.Compatibility;

namespace ChatGenius.EdgeTests.Descriptions;

/// <summary>Whoever holds the contract committed last can go on with the present one.</summary>
public sealed class CompatibilityTests
{
    const string Http = "docs/openapi/merged.json";
    const string Hub = "docs/asyncapi/hub.json";
    const string Bus = "docs/asyncapi/bus.json";

    static readonly Dictionary<string, (string File, Action<JsonNode> Change)> s_breaks = new()
    {
        ["DELETE /api/v1/channels/{}/messages/{} is gone"] = (Http, d => d["paths"]!["/api/v1/channels/{channelId}/messages/{messageId}"]!.AsObject().Remove("delete")),
        ["operation PostMessage is gone"] = (Http, d => Post(d)["operationId"] = "SendMessage"),
        [".text is gone"] = (Http, d => Schema(d, "PostMessage")["properties"]!.AsObject().Remove("text")),
        [".mentions is now required"] = (Http, d => Schema(d, "PostMessage")["required"]!.AsArray().Add("mentions")),
        [".threadId may no longer be null"] = (Http, d => Schema(d, "PostMessage")["properties"]!["threadId"]!["type"] = "string"),
        [".text may no longer be string"] = (Http, d => Schema(d, "PostMessage")["properties"]!["text"]!["type"] = "integer"),
        [".kind is now one of a few"] = (Http, d => Schema(d, "CreateChannel")["properties"]!["kind"]!["enum"] = new JsonArray("public")),
        [".seq is gone"] = (Http, d => Schema(d, "Message")["properties"]!.AsObject().Remove("seq")),
        [".id may now be null"] = (Http, d => Schema(d, "Message")["properties"]!["id"]!["type"] = new JsonArray("string", "null")),
        [".revision was of format int64 and is any"] = (Http, d => Schema(d, "Message")["properties"]!["revision"]!.AsObject().Remove("format")),
        [".createdAt may now be absent"] = (Http, d => Schema(d, "Message")["required"]!.AsArray().RemoveAll(r => (string)r! == "createdAt")),
        ["201 is gone"] = (Http, d => Post(d)["responses"]!.AsObject().Remove("201")),
        ["body application/json is gone"] = (Http, d => Post(d)["requestBody"]!["content"] = new JsonObject { ["text/plain"] = new JsonObject() }),
        ["query silent is new and required"] = (Http, d => Post(d)["parameters"]!.AsArray().Add(new JsonObject { ["in"] = "query", ["name"] = "silent", ["required"] = true, ["schema"] = new JsonObject { ["type"] = "boolean" } })),
        ["query before is gone"] = (Http, d => d["paths"]!["/api/v1/channels/{channelId}/messages"]!["get"]!["parameters"]!.AsArray().RemoveAll(p => (string)p!["name"]! == "before")),
        ["security bearer is new and required"] = (Http, d => d["paths"]!["/api/v1/errors"]!["get"]!["security"] = JsonNode.Parse("""[{"bearer":[]}]""")),
        ["/realtime onTyping is gone"] = (Hub, d => d["operations"]!.AsObject().Remove("onTyping")),
        ["/realtime callReport is gone"] = (Hub, d => d["channels"]!["hub"]!["address"] = "/hub"),
        ["arguments had 1 and has 2"] = (Hub, d => Arguments(d, "Unwatch")["items"]!.AsArray().Add(new JsonObject { ["type"] = "string" })),
        ["target has no \"Heads\" any more"] = (Hub, d => d["components"]!["messages"]!["Heads"]!["payload"]!["properties"]!["target"]!["const"] = "Tips"),
        ["result.denied is gone"] = (Hub, d => Schema(d, "SyncAnswer")["properties"]!.AsObject().Remove("denied")),
        ["(Message).text is gone"] = (Hub, d => Schema(d, "Message")["properties"]!.AsObject().Remove("text")),
        ["is no ReadPosition any more"] = (Hub, d => Schema(d, "Delta")["properties"]!["items"]!["items"]!["oneOf"]!.AsArray().RemoveAll(c => ((string)c!["$ref"]!).EndsWith("/ReadPosition", StringComparison.Ordinal))),
        [".state has no \"away\" any more"] = (Hub, d => Schema(d, "PresenceSeen")["properties"]!["state"]!["enum"]!.AsArray().RemoveAll(v => (string)v! == "away")),
        [".code may now be string"] = (Hub, d => Schema(d, "ConnectionClosing")["properties"]!["code"]!["type"] = new JsonArray("integer", "string")),
        ["close code 4004 draining comes back is gone"] = (Hub, d => d["x-close-codes"]!.AsArray().Single(c => (int)c!["code"]! == 4004)!["reconnect"] = false),
        ["ChatGenius.Contracts.Feeds:IdentityFeedsChanged identityPublishes is gone"] = (Bus, d => d["channels"]!["IdentityFeedsChanged"]!["address"] = "other"),
        ["realtime-feeds realtime-feeds: MessagesFeedsChanged is gone"] = (Bus, d => d["operations"]!["realtime-feeds"]!["messages"]!.AsArray().RemoveAll(m => ((string)m!["$ref"]!).EndsWith("/MessagesFeedsChanged", StringComparison.Ordinal))),
        [".message.deltas is gone"] = (Bus, d => Schema(d, "ChannelsFeedsChanged")["properties"]!.AsObject().Remove("deltas")),
    };

    static readonly Dictionary<string, (string File, Action<JsonNode> Change)> s_additions = new()
    {
        ["an operation"] = (Http, d => d["paths"]!["/api/v1/search"] = new JsonObject { ["get"] = Post(d).DeepClone() }),
        ["a query parameter"] = (Http, d => Post(d)["parameters"]!.AsArray().Add(new JsonObject { ["in"] = "query", ["name"] = "silent", ["schema"] = new JsonObject { ["type"] = "boolean" } })),
        ["a field that may be sent"] = (Http, d => Schema(d, "PostMessage")["properties"]!["quote"] = new JsonObject { ["type"] = "string" }),
        ["a field that need not be sent"] = (Http, d => Schema(d, "PostMessage")["required"]!.AsArray().RemoveAll(r => (string)r! == "text")),
        ["a field of an answer"] = (Http, d => Schema(d, "Message")["properties"]!["poll"] = new JsonObject { ["type"] = "string" }),
        ["a field that is always there"] = (Http, d => Schema(d, "Message")["required"]!.AsArray().Add("text")),
        ["a wider type to send"] = (Http, d => Schema(d, "PostMessage")["properties"]!["text"]!["type"] = new JsonArray("string", "null")),
        ["a narrower type to be told"] = (Http, d => Schema(d, "Message")["properties"]!["text"]!["type"] = "string"),
        ["another name of a path's part"] = (Http, d => Move(d["paths"]!.AsObject(), "/api/v1/users/{id}", "/api/v1/users/{user}")),
        ["an answer with another status"] = (Http, d => Post(d)["responses"]!["202"] = new JsonObject { ["description"] = "Later." }),
        ["other words"] = (Http, d => Schema(d, "Message")["description"] = "Something said."),
        ["an event"] = (Hub, d => d["operations"]!["onPolls"] = d["operations"]!["onHeads"]!.DeepClone()),
        ["a field of an event"] = (Hub, d => Schema(d, "TypingSeen")["properties"]!["threadId"] = new JsonObject { ["type"] = "string" }),
        ["a value of an event"] = (Hub, d => Schema(d, "PresenceSeen")["properties"]!["state"]!["enum"]!.AsArray().Add("busy")),
        ["a kind of entity"] = (Hub, d => Schema(d, "Delta")["properties"]!["items"]!["items"]!["oneOf"]!.AsArray().Add(new JsonObject { ["$ref"] = "#/components/schemas/Fence" })),
        ["a close code"] = (Hub, d => d["x-close-codes"]!.AsArray().Add(new JsonObject { ["code"] = 4007, ["name"] = "moved", ["reconnect"] = true })),
        ["a queue"] = (Bus, d => d["operations"]!["search-follows"] = d["operations"]!["realtime-feeds"]!.DeepClone()),
    };

    public static TheoryData<string> Contracts => [Http, Hub, Bus, "docs/openapi/identity.json", "docs/openapi/channels.json", "docs/openapi/messages.json", "docs/openapi/realtime.json"];
    public static TheoryData<string> Breaking => [.. s_breaks.Keys];
    public static TheoryData<string> Adding => [.. s_additions.Keys];

    [Theory]
    [MemberData(nameof(Contracts))]
    public async Task Contract_BreaksNobodyWhoHoldsTheOneBefore(string path)
    {
        if (await CommittedBeforeAsync(path) is { } before)
            Assert.Equal("", string.Join('\n', AcceptedBreaks.Without(path, Contract.Breaks(JsonNode.Parse(before)!, AsyncApiTests.Read(path)))));
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Contract_BreaksNothingInItself(string path) => Assert.Empty(Contract.Breaks(AsyncApiTests.Read(path), AsyncApiTests.Read(path)));

    [Theory]
    [MemberData(nameof(Breaking))]
    public void Break_IsFound(string said)
    {
        var (file, change) = s_breaks[said];
        var changed = AsyncApiTests.Read(file);
        change(changed);
        Assert.Contains(Contract.Breaks(AsyncApiTests.Read(file), changed), found => found.Contains(said, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Adding))]
    public void Addition_IsNoBreak(string name)
    {
        var (file, change) = s_additions[name];
        var changed = AsyncApiTests.Read(file);
        change(changed);
        Assert.False(JsonNode.DeepEquals(changed, AsyncApiTests.Read(file)));
        Assert.Empty(Contract.Breaks(AsyncApiTests.Read(file), changed));
    }

    [Fact]
    public void AcceptedBreak_IsLeftOutInItsOwnContractOnly()
    {
        var listed = "POST /connect/token: 4XX application/problem+json is gone";
        Assert.Empty(AcceptedBreaks.Without(Http, [listed]));
        Assert.Equal([listed], AcceptedBreaks.Without(Hub, [listed]));
        Assert.Equal(["something else"], AcceptedBreaks.Without(Http, ["something else"]));
    }

    /// <summary>The newest committed version that is not the present one; null where there is none, or no history at hand.</summary>
    static async Task<string?> CommittedBeforeAsync(string path)
    {
        var present = await File.ReadAllTextAsync(Path.Combine(Repository.Root, path));
        foreach (var commit in (await GitAsync("log", "-n", "5", "--format=%H", "--", path) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
            if (await GitAsync("show", $"{commit}:{path}") is { Length: > 10 } text && text != present)
                return text;
        return null;
    }

    static async Task<string?> GitAsync(params string[] arguments)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var (said, _) = (await git.StandardOutput.ReadToEndAsync(), await git.StandardError.ReadToEndAsync());
            await git.WaitForExitAsync();
            return git.ExitCode == 0 ? said : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    static JsonNode Post(JsonNode document) => document["paths"]!["/api/v1/channels/{channelId}/messages"]!["post"]!;

    static JsonNode Schema(JsonNode document, string name) => document["components"]!["schemas"]![name]!;

    static JsonNode Arguments(JsonNode document, string message) => document["components"]!["messages"]![message]!["payload"]!["properties"]!["arguments"]!;

    static void Move(JsonObject holder, string from, string to)
    {
        var moved = holder[from]!;
        holder.Remove(from);
        holder[to] = moved;
    }
}
