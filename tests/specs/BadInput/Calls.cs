using System.Text.Json.Nodes;

namespace ChatGenius.Specs.BadInput;

/// <summary>A public call with a body that would be accepted. In the path, <c>{channel}</c>, <c>{message}</c> and <c>{user}</c> stand for real ones.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path as the API description has it.</param>
/// <param name="Body">A body of which every field would be accepted; null for a call without one.</param>
/// <param name="Required">The fields that must be there.</param>
public sealed record Call(string Method, string Path, string? Body = null, params string[] Required)
{
    /// <summary>Every public call that takes or gives JSON.</summary>
    public static IReadOnlyList<Call> All { get; } =
    [
        new("POST", "/api/v1/users", """{"username":"{unique}","password":"a password","displayName":"D","email":"d@example.org"}""", "username", "password"),
        new("GET", "/api/v1/users"),
        new("GET", "/api/v1/users/{user}"),
        new("GET", "/api/v1/users/me"),
        new("PATCH", "/api/v1/users/me", """{"displayName":"D","statusText":"S"}"""),
        new("PUT", "/api/v1/users/{user}/active", """{"active":true}""", "active"),
        new("POST", "/api/v1/channels", """{"name":"{unique}","kind":"public","topic":"T","memberIds":["{user}"],"clientId":"{id}"}""", "kind"),
        new("GET", "/api/v1/channels"),
        new("GET", "/api/v1/channels/{channel}"),
        new("PATCH", "/api/v1/channels/{channel}", """{"name":"{unique}","topic":"T","archived":false}"""),
        new("GET", "/api/v1/channels/{channel}/members"),
        new("PUT", "/api/v1/channels/{channel}/members/{user}", """{"role":"member"}"""),
        new("DELETE", "/api/v1/channels/{channel}/members/{user}"),
        new("GET", "/api/v1/users/me/channels"),
        new("PATCH", "/api/v1/users/me/channels/{channel}", """{"starred":true,"muted":true,"hidden":true,"notify":"all"}"""),
        new("POST", "/api/v1/channels/{channel}/messages",
            """{"clientId":"{id}","text":"T","threadId":"{message}","mentions":["{user}"],"members":{"epoch":1,"revision":1}}""", "clientId", "text"),
        new("GET", "/api/v1/channels/{channel}/messages"),
        new("GET", "/api/v1/channels/{channel}/messages/{message}"),
        new("PATCH", "/api/v1/channels/{channel}/messages/{message}", """{"text":"T","members":{"epoch":1,"revision":1}}""", "text"),
        new("DELETE", "/api/v1/channels/{channel}/messages/{message}"),
        new("PUT", "/api/v1/channels/{channel}/messages/{message}/reactions/%F0%9F%91%8D"),
        new("DELETE", "/api/v1/channels/{channel}/messages/{message}/reactions/%F0%9F%91%8D"),
        new("PUT", "/api/v1/channels/{channel}/messages/{message}/pin"),
        new("DELETE", "/api/v1/channels/{channel}/messages/{message}/pin"),
        new("PUT", "/api/v1/channels/{channel}/read", """{"seq":1,"force":true}""", "seq"),
        new("POST", "/api/v1/sync", """{"positions":[{"feed":"users","epoch":0,"revision":0,"mode":"live","partial":true}]}""", "positions"),
        new("POST", "/api/v1/realtime/ticket"),
    ];

    public HttpMethod HttpMethod => new(Method);
    public override string ToString() => $"{Method} {Path}";

    /// <summary>The body with one field replaced.</summary>
    public string With(string field, JsonNode? value)
    {
        var body = JsonNode.Parse(Body!)!.AsObject();
        body[field] = value;
        return body.ToJsonString();
    }

    /// <summary>The body without one field.</summary>
    public string Without(string field)
    {
        var body = JsonNode.Parse(Body!)!.AsObject();
        body.Remove(field);
        return body.ToJsonString();
    }

    /// <summary>The fields of the body and what is in them.</summary>
    public IEnumerable<KeyValuePair<string, JsonNode?>> Fields => JsonNode.Parse(Body!)!.AsObject();
}
