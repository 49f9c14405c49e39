using System.Text.Json;

namespace ChatGenius.Hosting.Edge;

/// <summary>A contract of the whole product, as committed in <c>docs</c>.</summary>
/// <param name="resource">The name under which the assembly holds it.</param>
internal sealed class ApiDocument(string resource)
{
    /// <summary>Calls by HTTP: OpenAPI.</summary>
    public static ApiDocument Http { get; } = new("openapi.json");

    /// <summary>The hub's methods and events: AsyncAPI.</summary>
    public static ApiDocument Hub { get; } = new("asyncapi-hub.json");

    /// <summary>What services say to each other on the broker: AsyncAPI.</summary>
    public static ApiDocument Bus { get; } = new("asyncapi-bus.json");

    /// <summary>The document as UTF-8.</summary>
    public byte[] Utf8 { get; } = Read(resource);

    /// <summary>The document, parsed.</summary>
    public JsonDocument Parse() => JsonDocument.Parse(Utf8);

    static byte[] Read(string resource)
    {
        using var stream = typeof(ApiDocument).Assembly.GetManifestResourceStream(resource)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
