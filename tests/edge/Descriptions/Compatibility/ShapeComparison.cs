using System.Text.Json.Nodes;

namespace ChatGenius.EdgeTests.Descriptions.Compatibility;

/// <summary>Compares JSON schemas of two documents for those who know the old one.</summary>
internal sealed class ShapeComparison(JsonNode old, JsonNode now)
{
    static readonly string[] s_all = ["array", "boolean", "integer", "null", "number", "object", "string"];

    readonly List<string> _breaks = [];
    readonly HashSet<string> _under = [];

    /// <summary>What was found.</summary>
    public IReadOnlyList<string> Breaks => _breaks;

    public void Say(string breaks) => _breaks.Add(breaks);

    /// <summary>Compares a shape as it was with what it is.</summary>
    public void Compare(string at, Said said, JsonNode before, JsonNode after)
    {
        var (name, was, nowIs) = ($"{said} {(string?)before["$ref"]} {(string?)after["$ref"]}", Plain(old, before), Plain(now, after));
        // A shape that holds itself is compared once on the way down.
        if (before is JsonObject && before["$ref"] is not null && !_under.Add(name))
            return;
        var (oldTypes, newTypes) = (Types(old, was), Types(now, nowIs));
        var lost = said is Said.ByCaller ? oldTypes.Except(newTypes) : newTypes.Except(oldTypes);
        foreach (var type in lost)
            Say(said is Said.ByCaller ? $"{at} may no longer be {type}" : $"{at} may now be {type}");
        CompareValues(at, said, was, nowIs);
        CompareChoices(at, said, was, nowIs);
        CompareFields(at, said, was, nowIs);
        CompareItems(at, said, was, nowIs);
        _under.Remove(name);
    }

    void CompareValues(string at, Said said, JsonNode was, JsonNode nowIs)
    {
        var (oldFormat, newFormat) = ((string?)was["format"], (string?)nowIs["format"]);
        if (oldFormat != newFormat && (said is Said.ByCaller ? newFormat : oldFormat) is not null)
            Say($"{at} was of format {oldFormat ?? "any"} and is {newFormat ?? "any"}");
        var (oldValues, newValues) = (Values(was), Values(nowIs));
        if (said is Said.ByCaller ? oldValues is null && newValues is not null : oldValues is not null && newValues is null)
            Say($"{at} is {(newValues is null ? "no longer" : "now")} one of a few");
        foreach (var gone in (oldValues ?? []).Except(newValues ?? oldValues ?? []))
            Say($"{at} has no {gone} any more");
    }

    void CompareChoices(string at, Said said, JsonNode was, JsonNode nowIs)
    {
        var (before, after) = (Choices(was), Choices(nowIs));
        if (before.Count == 0 || after.Count == 0)
            return;
        foreach (var (name, choice) in before)
            if (!after.TryGetValue(name, out var found))
                Say($"{at} is no {name} any more");
            else
                Compare($"{at}({name})", said, choice, found);
    }

    void CompareFields(string at, Said said, JsonNode was, JsonNode nowIs)
    {
        var (oldRequired, newRequired) = (Required(was), Required(nowIs));
        foreach (var (field, shape) in was["properties"]?.AsObject() ?? [])
            if (nowIs["properties"]?[field] is { } found)
                Compare($"{at}.{field}", said, shape!, found);
            else
                Say($"{at}.{field} is gone");
        foreach (var field in said is Said.ByCaller ? newRequired.Except(oldRequired) : oldRequired.Except(newRequired))
            if (nowIs["properties"]?[field] is not null)
                Say(said is Said.ByCaller ? $"{at}.{field} is now required" : $"{at}.{field} may now be absent");
        if (was["additionalProperties"] is JsonObject oldOther && nowIs["additionalProperties"] is JsonObject newOther)
            Compare(at + ".*", said, oldOther, newOther);
    }

    void CompareItems(string at, Said said, JsonNode was, JsonNode nowIs)
    {
        if (was["items"] is JsonArray before)
        {
            var after = nowIs["items"] as JsonArray ?? [];
            if (before.Count != after.Count)
                Say($"{at} had {before.Count} and has {after.Count}");
            foreach (var (i, (oldItem, newItem)) in before.Zip(after).Index())
                Compare($"{at}[{i}]", said, oldItem!, newItem!);
        }
        else if (was["items"] is JsonObject item && nowIs["items"] is JsonObject found)
            Compare(at + "[]", said, item, found);
    }

    /// <summary>The shape itself: behind references, and of a choice between null and one thing that thing.</summary>
    static JsonNode Plain(JsonNode document, JsonNode shape)
    {
        shape = Contract.Resolve(document, shape);
        if (shape["allOf"] is JsonArray { Count: 1 } all)
            return Plain(document, all[0]!);
        var things = ((shape["oneOf"] ?? shape["anyOf"]) as JsonArray ?? []).Where(c => (string?)(c!["type"] as JsonValue) != "null").ToArray();
        return things is [var only] ? Nullable(Plain(document, only!)) : shape;
    }

    static JsonObject Nullable(JsonNode shape)
    {
        var copy = shape.DeepClone().AsObject();
        copy["x-may-be-null"] = true;
        return copy;
    }

    static HashSet<string> Types(JsonNode document, JsonNode shape)
    {
        var types = shape["type"] switch
        {
            JsonArray several => several.Select(t => (string)t!).ToHashSet(),
            JsonValue one => [(string)one!],
            _ when (shape["oneOf"] ?? shape["anyOf"]) is JsonArray choices => [.. choices.SelectMany(c => Types(document, Plain(document, c!)))],
            _ => [.. s_all],
        };
        if (shape["x-may-be-null"] is not null)
            types.Add("null");
        return types;
    }

    static string[]? Values(JsonNode shape) =>
        shape["const"] is { } one ? [one.ToJsonString()] : (shape["enum"] as JsonArray)?.Select(v => v?.ToJsonString() ?? "null").ToArray();

    static Dictionary<string, JsonNode> Choices(JsonNode shape) => ((shape["oneOf"] ?? shape["anyOf"]) as JsonArray ?? [])
        .Select((choice, i) => (Name: (string?)choice!["$ref"] is { } name ? name.Split('/')[^1] : $"{i}", Choice: choice!)).ToDictionary(c => c.Name, c => c.Choice);

    static HashSet<string> Required(JsonNode shape) => (shape["required"] as JsonArray ?? []).Select(r => (string)r!).ToHashSet();
}
