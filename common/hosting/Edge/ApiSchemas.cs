using System.Net;
using System.Text;
using System.Text.Json;

namespace ChatGenius.Hosting.Edge;

/// <summary>The shapes of bodies on the API page.</summary>
internal static class ApiSchemas
{
    const string Reference = "#/components/schemas/";

    /// <summary>Appends a table of fields for each shape.</summary>
    public static void Append(StringBuilder html, JsonElement root)
    {
        if (!root.TryGetProperty("components", out var components) || !components.TryGetProperty("schemas", out var schemas))
            return;
        html.Append("<h2 id=\"schemas\">Shapes</h2>");
        foreach (var schema in schemas.EnumerateObject().OrderBy(s => s.Name, StringComparer.Ordinal))
        {
            html.Append("<section><h3 id=\"schema-").Append(Text(schema.Name)).Append("\"><code>").Append(Text(schema.Name)).Append("</code></h3>");
            AppendDescription(html, schema.Value, "p");
            if (schema.Value.TryGetProperty("properties", out var properties))
                AppendFields(html, properties);
            html.Append("</section>");
        }
    }

    /// <summary>A shape in a few words, with links.</summary>
    public static string Type(JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            var name = Text(reference.GetString()!.Replace(Reference, "", StringComparison.Ordinal));
            return $"<a href=\"#schema-{name}\">{name}</a>";
        }
        foreach (var choice in (string[])["oneOf", "anyOf", "allOf"])
            if (schema.TryGetProperty(choice, out var choices))
                return string.Join(" or ", choices.EnumerateArray().Select(Type));
        if (schema.TryGetProperty("items", out var items))
            return "list of " + Type(items);
        if (schema.TryGetProperty("enum", out var values))
            return string.Join(" or ", values.EnumerateArray().Select(v => Text(v.ToString())));
        if (!schema.TryGetProperty("type", out var type))
            return "any";
        var kinds = type.ValueKind == JsonValueKind.Array ? string.Join(" or ", type.EnumerateArray().Select(t => t.GetString())) : type.GetString();
        return Text(schema.TryGetProperty("format", out var format) ? $"{kinds} ({format.GetString()})" : kinds!);
    }

    static void AppendFields(StringBuilder html, JsonElement properties)
    {
        html.Append("<table>");
        foreach (var property in properties.EnumerateObject())
        {
            html.Append("<tr><td><code>").Append(Text(property.Name)).Append("</code></td><td>").Append(Type(property.Value)).Append("</td><td>");
            AppendDescription(html, property.Value, "span");
            html.Append("</td></tr>");
        }
        html.Append("</table>");
    }

    static void AppendDescription(StringBuilder html, JsonElement schema, string element)
    {
        if (schema.TryGetProperty("description", out var text))
            html.Append('<').Append(element).Append('>').Append(Text(text.GetString()!)).Append("</").Append(element).Append('>');
    }

    static string Text(string text) => WebUtility.HtmlEncode(text);
}
