using System.Text.Json;

namespace ChatGenius.Hosting.Edge;

/// <summary>The OpenAPI document of the whole product, as committed in <c>docs/openapi/merged.json</c>.</summary>
internal sealed class ApiDocument
{
    const string Resource = "openapi.json";

    /// <summary>The document as UTF-8.</summary>
    public byte[] Utf8 { get; } = Read();

    /// <summary>The document, parsed.</summary>
    public JsonDocument Parse() => JsonDocument.Parse(Utf8);

    static byte[] Read()
    {
        using var resource = typeof(ApiDocument).Assembly.GetManifestResourceStream(Resource)!;
        using var copy = new MemoryStream();
        resource.CopyTo(copy);
        return copy.ToArray();
    }
}
