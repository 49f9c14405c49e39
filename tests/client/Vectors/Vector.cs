using System.Text.Json;
using ChatGenius.TestSupport;
using ChatGenius.TestSupport.Stepping;

namespace ChatGenius.ClientTests.Vectors;

/// <summary>A script of <c>clients/vectors/reader.json</c>.</summary>
internal sealed record Vector(string Name, string Feed, string Mode, Guid Me, IReadOnlyList<string> Also, IReadOnlyList<JsonElement> Steps)
{
    const int Version = 1;

    public static IReadOnlyList<Vector> All { get; } = Read();

    static Vector[] Read()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Repository.Path("clients/vectors/reader.json")));
        var version = file.RootElement.GetProperty("version").GetInt32();
        if (version != Version)
            throw new NotSupportedException($"The vectors are of version {version}.");
        return [.. file.RootElement.GetProperty("vectors").EnumerateArray().Select(v => new Vector(
            v.GetProperty("name").GetString()!,
            v.GetProperty("feed").GetString()!,
            v.TryGetProperty("mode", out var mode) ? mode.GetString()! : "live",
            v.TryGetProperty("me", out var me) ? me.GetGuid() : Guid.Empty,
            v.TryGetProperty("also", out var also) ? [.. also.EnumerateArray().Select(f => f.GetString()!)] : [],
            [.. v.GetProperty("steps").EnumerateArray().Select(s => s.Clone())]))];
    }
}
