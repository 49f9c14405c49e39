namespace ChatGenius.Realtime.Hubs;

/// <summary>Reads the arguments of hub methods strictly, as HTTP bodies are read.</summary>
internal static class HubArguments
{
    const int ListLimit = 500;

    public static string Text(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.String && Read<string>(value, name) is { } text ? text : throw Malformed(name, "is not a text");

    public static Guid Id(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.String && value.TryGetGuid(out var id) ? id : throw Malformed(name, "is not an id");

    public static IReadOnlyList<Guid> Ids(JsonElement value, string name) => [.. List(value, name).Select(v => Id(v, name))];

    public static string State(JsonElement value) =>
        Text(value, "state") is PresenceState.Active or PresenceState.Away ? value.GetString()! : throw Malformed("state", "is neither active nor away");

    public static IEnumerable<FeedName> Feeds(JsonElement value, Guid caller)
    {
        foreach (var item in List(value, "feeds"))
        {
            var text = Text(item, "feeds");
            if (text.StartsWith("users/me/", StringComparison.Ordinal))
                text = $"users/{caller:D}/{text["users/me/".Length..]}";
            if (FeedName.TryParse(text, out var name))
                yield return name;
        }
    }

    public static T Read<T>(JsonElement value, string name) where T : class
    {
        try
        {
            return value.Deserialize<T>(ContractsJson.Options) ?? throw Malformed(name, "is null");
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            throw Malformed(name, "has a wrong type or form");
        }
    }

    static IEnumerable<JsonElement> List(JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.Array)
            throw Malformed(name, "is not a list");
        return value.GetArrayLength() <= ListLimit ? value.EnumerateArray() : throw Malformed(name, $"has more than {ListLimit} items");
    }

    static ProblemException Malformed(string name, string what) => new(ErrorCodes.Malformed, $"{name}: {what}.");
}
