using System.Net;
using System.Text;
using System.Text.Json;

namespace ChatGenius.Hosting.Edge;

/// <summary>The hub and the bus as a page for people, made of the AsyncAPI documents; no script, as <see cref="ApiPage"/>. Thread-safe.</summary>
internal sealed class EventPage
{
    readonly Lazy<string> _html = new(Render);

    /// <summary>The page.</summary>
    public string Html => _html.Value;

    static string Render()
    {
        using var hub = ApiDocument.Hub.Parse();
        using var bus = ApiDocument.Bus.Parse();
        var html = new StringBuilder("<h1>The ChatGenius hub</h1><p>").Append(Said(hub.RootElement.GetProperty("info"), "description"))
            .Append(" As <a href=\"/asyncapi/v1.json\">AsyncAPI</a>; calls by HTTP are <a href=\"/docs\">here</a>.</p>")
            .Append("<nav><a href=\"#methods\">Methods</a> <a href=\"#events\">Events</a> <a href=\"#closing\">Close codes</a> <a href=\"#bus\">Between the services</a> <a href=\"#schemas\">Shapes</a></nav>");
        foreach (var server in hub.RootElement.GetProperty("servers").EnumerateObject())
            html.Append("<p>").Append(Said(server.Value, "description")).Append("</p>");
        AppendOperations(html, hub.RootElement, "methods", "Methods", "receive");
        AppendOperations(html, hub.RootElement, "events", "Events", "send");
        AppendCloseCodes(html, hub.RootElement.GetProperty("x-close-codes"));
        AppendBus(html, bus.RootElement);
        ApiSchemas.Append(html, hub.RootElement);
        return ApiPage.Page("The ChatGenius hub", html.ToString());
    }

    static void AppendOperations(StringBuilder html, JsonElement document, string id, string title, string action)
    {
        html.Append("<h2 id=\"").Append(id).Append("\">").Append(title).Append("</h2>");
        foreach (var operation in document.GetProperty("operations").EnumerateObject().Where(o => o.Value.GetProperty("action").GetString() == action))
        {
            var message = MessageOf(document, operation.Value.GetProperty("messages")[0]);
            var frame = message.GetProperty("payload").GetProperty("properties");
            html.Append("<section><h3><code>").Append(Text(frame.GetProperty("target").GetProperty("const").GetString()!)).Append("</code></h3><p>").Append(Said(operation.Value, "summary")).Append("</p><dl>");
            foreach (var argument in frame.GetProperty("arguments").GetProperty("items").EnumerateArray())
                html.Append("<dt>takes</dt><dd>").Append(ApiSchemas.Type(argument)).Append("</dd>");
            if (operation.Value.TryGetProperty("reply", out var reply) && MessageOf(document, reply.GetProperty("messages")[0]).GetProperty("payload").GetProperty("properties").TryGetProperty("result", out var result))
                html.Append("<dt>answers</dt><dd>").Append(ApiSchemas.Type(result)).Append("</dd>");
            html.Append("</dl></section>");
        }
    }

    static void AppendCloseCodes(StringBuilder html, JsonElement codes)
    {
        html.Append("<h2 id=\"closing\">Close codes</h2><table>");
        foreach (var code in codes.EnumerateArray())
            html.Append("<tr><td><code>").Append(code.GetProperty("code").GetInt32()).Append("</code></td><td>").Append(Said(code, "meaning")).Append("</td><td>")
                .Append(code.GetProperty("reconnect").GetBoolean() ? "come back" : "do not come back").Append("</td></tr>");
        html.Append("</table>");
    }

    static void AppendBus(StringBuilder html, JsonElement bus)
    {
        html.Append("<h2 id=\"bus\">Between the services</h2><p>").Append(Said(bus.GetProperty("info"), "description")).Append(" As <a href=\"/asyncapi/bus/v1.json\">AsyncAPI</a>.</p><table>");
        foreach (var operation in bus.GetProperty("operations").EnumerateObject())
        {
            var channel = Follow(bus, operation.Value.GetProperty("channel"));
            html.Append("<tr><td><code>").Append(Said(channel, "address")).Append("</code></td><td>").Append(Said(operation.Value, "action")).Append("</td><td>").Append(Said(operation.Value, "summary")).Append("</td></tr>");
        }
        html.Append("</table>");
    }

    // A message of an operation is one of its channel, which is one of the document.
    static JsonElement MessageOf(JsonElement document, JsonElement reference) => Follow(document, Follow(document, reference));

    static JsonElement Follow(JsonElement document, JsonElement reference) =>
        reference.GetProperty("$ref").GetString()!.TrimStart('#', '/').Split('/').Aggregate(document, (at, part) => at.GetProperty(part));

    static string Said(JsonElement holder, string name) => holder.TryGetProperty(name, out var text) ? Text(text.GetString()!) : "";

    static string Text(string text) => WebUtility.HtmlEncode(text);
}
