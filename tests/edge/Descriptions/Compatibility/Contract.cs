using System.Text.Json.Nodes;

namespace ChatGenius.EdgeTests.Descriptions.Compatibility;

/// <summary>Who says a part of a contract: what callers say may be taken more freely later, what they are told may become more exact.</summary>
internal enum Said
{
    ByCaller,
    ToCaller,
}

/// <summary>A part of a contract.</summary>
/// <param name="Said">By whom.</param>
/// <param name="Schema">Its shape; null where being there is all.</param>
/// <param name="Required">True where a caller must send it.</param>
internal sealed record Part(Said Said, JsonNode? Schema, bool Required = false);

/// <summary>What two versions of an OpenAPI or AsyncAPI document have in common: operations with what is said in them.</summary>
internal static class Contract
{
    static readonly string[] s_methods = ["get", "post", "put", "patch", "delete"];

    /// <summary>What those who hold the old contract would trip over in the new one, a sentence each; additions are nothing.</summary>
    public static IReadOnlyList<string> Breaks(JsonNode old, JsonNode now)
    {
        var (before, after) = (Parts(old), Parts(now));
        var shapes = new ShapeComparison(old, now);
        foreach (var (name, part) in before)
        {
            if (!after.TryGetValue(name, out var found))
                shapes.Say($"{name} is gone");
            else if (found.Required && !part.Required)
                shapes.Say($"{name} is now required");
            else if (part.Schema is not null && found.Schema is not null)
                shapes.Compare(name, part.Said, part.Schema, found.Schema);
        }
        foreach (var (name, part) in after)
            if (part.Required && !before.ContainsKey(name) && before.ContainsKey(name.Split(": ")[0]))
                shapes.Say($"{name} is new and required");
        return shapes.Breaks;
    }

    static SortedDictionary<string, Part> Parts(JsonNode document)
    {
        var parts = new SortedDictionary<string, Part>(StringComparer.Ordinal);
        if (document["openapi"] is not null)
            AddHttp(document, parts);
        else if (document["asyncapi"] is not null)
            AddMessages(document, parts);
        return parts;
    }

    static void AddHttp(JsonNode document, SortedDictionary<string, Part> parts)
    {
        foreach (var (path, item) in document["paths"]!.AsObject())
        foreach (var (method, operation) in item!.AsObject().Where(o => s_methods.Contains(o.Key)))
        {
            var name = $"{method.ToUpperInvariant()} {Shape(path)}";
            parts[name] = new Part(Said.ByCaller, null);
            if (operation!["operationId"] is { } id)
                parts[$"{name}: operation {id}"] = new Part(Said.ByCaller, null);
            if (operation["security"] is JsonArray { Count: > 0 } security)
                parts[$"{name}: security {string.Join(" or ", security.SelectMany(s => s!.AsObject()).Select(s => s.Key))}"] = new Part(Said.ByCaller, null, Required: true);
            foreach (var parameter in (operation["parameters"]?.AsArray() ?? []).Where(p => (string)p!["in"]! != "path"))
                parts[$"{name}: {parameter!["in"]} {parameter["name"]}"] = new Part(Said.ByCaller, parameter["schema"], (bool?)parameter["required"] ?? false);
            foreach (var (type, content) in operation["requestBody"]?["content"]?.AsObject() ?? [])
                parts[$"{name}: body {type}"] = new Part(Said.ByCaller, content!["schema"], (bool?)operation["requestBody"]!["required"] ?? false);
            foreach (var (status, response) in operation["responses"]!.AsObject())
            {
                parts[$"{name}: {status}"] = new Part(Said.ToCaller, null);
                foreach (var (type, content) in response!["content"]?.AsObject() ?? [])
                    parts[$"{name}: {status} {type}"] = new Part(Said.ToCaller, content!["schema"]);
            }
        }
    }

    static void AddMessages(JsonNode document, SortedDictionary<string, Part> parts)
    {
        foreach (var (name, operation) in document["operations"]!.AsObject())
        {
            var said = (string)operation!["action"]! == "receive" ? Said.ByCaller : Said.ToCaller;
            var address = Resolve(document, operation["channel"]!)["address"];
            parts[$"{address} {name}"] = new Part(said, null);
            Add(operation["messages"], said);
            Add(operation["reply"]?["messages"], Said.ToCaller);

            void Add(JsonNode? messages, Said by)
            {
                foreach (var message in messages?.AsArray() ?? [])
                {
                    var found = Resolve(document, message!);
                    parts[$"{address} {name}: {found["name"]}"] = new Part(by, found["payload"]);
                }
            }
        }
        foreach (var code in document["x-close-codes"]?.AsArray() ?? [])
            parts[$"close code {code!["code"]} {code["name"]} {((bool)code["reconnect"]! ? "comes back" : "does not come back")}"] = new Part(Said.ToCaller, null);
    }

    // The names of what stands in a path are nobody's business.
    static string Shape(string path) => string.Join('/', path.Split('/').Select(part => part.StartsWith('{') ? "{}" : part));

    /// <summary>What a reference leads to, however many steps; what is none, itself.</summary>
    public static JsonNode Resolve(JsonNode document, JsonNode node)
    {
        while (node is JsonObject && (string?)node["$ref"] is { } reference)
            node = reference.TrimStart('#', '/').Split('/').Aggregate(document, (at, part) => at[part.Replace("~1", "/", StringComparison.Ordinal)]!);
        return node;
    }
}
