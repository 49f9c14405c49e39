using System.Globalization;

namespace ChatGenius.Specs.Talking;

/// <summary>Reads JSON by paths like <c>deltas.0.items</c>, so that specs see what is on the wire and not what a type makes of it.</summary>
public static class Json
{
    public static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    public static JsonElement At(this JsonElement json, string path)
    {
        foreach (var part in path.Split('.'))
        {
            var found = int.TryParse(part, CultureInfo.InvariantCulture, out var index)
                ? json.ValueKind == JsonValueKind.Array && index < json.GetArrayLength() ? json[index] : default
                : json.ValueKind == JsonValueKind.Object && json.TryGetProperty(part, out var property) ? property : default;
            if (found.ValueKind == JsonValueKind.Undefined)
                Assert.Fail($"There is no {path} in {json.GetRawText()}");
            json = found;
        }
        return json;
    }

    public static string? Text(this JsonElement json, string path) => json.At(path).GetString();
    public static long Number(this JsonElement json, string path) => json.At(path).GetInt64();
    public static bool Flag(this JsonElement json, string path) => json.At(path).GetBoolean();
    public static bool IsNull(this JsonElement json, string path) => json.At(path).ValueKind == JsonValueKind.Null;
    public static JsonElement[] List(this JsonElement json, string path) => [.. json.At(path).EnumerateArray()];
    public static string[] Texts(this JsonElement json, string path) => [.. json.List(path).Select(item => item.GetString()!)];
    public static bool Has(this JsonElement json, string name) => json.TryGetProperty(name, out _);
}
