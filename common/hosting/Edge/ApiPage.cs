using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ChatGenius.Hosting.Edge;

/// <summary>The API as a page for people: plain HTML made of the OpenAPI document, so that it needs no script and works offline. Thread-safe.</summary>
internal sealed class ApiPage
{
    static readonly string[] s_methods = ["get", "post", "put", "patch", "delete"];

    readonly Lazy<string> _html = new(Render);

    /// <summary>The page.</summary>
    public string Html => _html.Value;

    /// <summary>By which a content policy knows the pages' style.</summary>
    public static string StyleHash { get; } = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    /// <summary>What stands at <c>/</c> where no web client is installed.</summary>
    public static string Root { get; } = Page("ChatGenius", """
        <h1>ChatGenius</h1>
        <p>This is the API of a ChatGenius deployment; no web client is installed here.</p>
        <ul>
          <li><a href="/docs">The API, described</a></li>
          <li><a href="/openapi/v1.json">The same as OpenAPI</a></li>
          <li><a href="/docs/events">The hub and its events, described</a></li>
          <li><a href="/asyncapi/v1.json">The same as AsyncAPI</a></li>
          <li><a href="/api/v1/config">Limits and rates of this deployment</a></li>
          <li><a href="/api/v1/errors">Error codes</a></li>
        </ul>
        """);

    static string Render()
    {
        using var json = ApiDocument.Http.Parse();
        var root = json.RootElement;
        var operations = Operations(root);
        var html = new StringBuilder("<h1>The ChatGenius API</h1>")
            .Append("<p>Commands and reads by HTTP, as below and as <a href=\"/openapi/v1.json\">OpenAPI</a>; what happened arrives over SignalR at <a href=\"/docs/events\"><code>/realtime</code></a>. ")
            .Append("Errors are problem details with a <code>code</code> of the <a href=\"/api/v1/errors\">catalogue</a>; limits are at <a href=\"/api/v1/config\">config</a>.</p><nav>");
        foreach (var tag in operations)
            html.Append("<a href=\"#").Append(Text(tag.Key)).Append("\">").Append(Text(tag.Key)).Append("</a> ");
        html.Append("</nav>");
        foreach (var tag in operations)
        {
            html.Append("<h2 id=\"").Append(Text(tag.Key)).Append("\">").Append(Text(tag.Key)).Append("</h2>");
            foreach (var (method, path, operation) in tag)
                AppendOperation(html, method, path, operation);
        }
        ApiSchemas.Append(html, root);
        return Page("The ChatGenius API", html.ToString());
    }

    static ILookup<string, (string Method, string Path, JsonElement Operation)> Operations(JsonElement root) =>
        root.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Where(m => s_methods.Contains(m.Name)).Select(m => (Method: m.Name.ToUpperInvariant(), Path: path.Name, Operation: m.Value)))
            .OrderBy(o => o.Path, StringComparer.Ordinal)
            .ToLookup(o => o.Operation.TryGetProperty("tags", out var tags) ? tags[0].GetString()! : "Other");

    static void AppendOperation(StringBuilder html, string method, string path, JsonElement operation)
    {
        html.Append("<section><h3><b>").Append(method).Append("</b> <code>").Append(Text(path)).Append("</code></h3>");
        foreach (var part in (string[])["summary", "description"])
            if (operation.TryGetProperty(part, out var text))
                html.Append("<p>").Append(Text(text.GetString()!)).Append("</p>");
        html.Append("<dl>");
        if (operation.TryGetProperty("parameters", out var parameters))
            foreach (var parameter in parameters.EnumerateArray())
                html.Append("<dt>").Append(Text(parameter.GetProperty("in").GetString()!)).Append("</dt><dd><code>").Append(Text(parameter.GetProperty("name").GetString()!))
                    .Append("</code> ").Append(parameter.TryGetProperty("schema", out var schema) ? ApiSchemas.Type(schema) : "").Append("</dd>");
        if (operation.TryGetProperty("requestBody", out var body))
            html.Append("<dt>body</dt><dd>").Append(Content(body)).Append("</dd>");
        foreach (var response in operation.GetProperty("responses").EnumerateObject())
            html.Append("<dt>").Append(Text(response.Name)).Append("</dt><dd>").Append(Content(response.Value)).Append(' ')
                .Append(response.Value.TryGetProperty("description", out var meaning) ? Text(meaning.GetString()!) : "").Append("</dd>");
        html.Append("</dl></section>");
    }

    static string Content(JsonElement holder) => holder.TryGetProperty("content", out var content)
        ? string.Join(", ", content.EnumerateObject().Select(c => c.Value.TryGetProperty("schema", out var schema) ? ApiSchemas.Type(schema) : Text(c.Name)).Distinct())
        : "";

    static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A page around a body of HTML.</summary>
    public static string Page(string title, string body) =>
        $"""<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{Text(title)}</title><style>{Style}</style></head><body>{body}</body></html>""";

    const string Style = """
        :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif } body { max-width: 56rem; margin: 2rem auto; padding: 0 1rem }
        section { border-top: 1px solid #8884; padding: .5rem 0 } h3 { font-size: 1rem; margin: .5rem 0 } h2 { margin-top: 2.5rem } nav a { margin-right: .75rem }
        dl { display: grid; grid-template-columns: 5rem 1fr; margin: .25rem 0 } dt { color: #888 } dd { margin: 0; overflow-wrap: anywhere } p { margin: .25rem 0 }
        table { border-collapse: collapse; width: 100% } td { border-top: 1px solid #8884; padding: .2rem .5rem .2rem 0; vertical-align: top }
        """;
}
