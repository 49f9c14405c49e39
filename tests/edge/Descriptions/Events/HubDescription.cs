using System.Reflection;
using System.Text.Json.Nodes;
using ChatGenius.Contracts.Realtime;

namespace ChatGenius.EdgeTests.Descriptions.Events;

/// <summary>The hub as AsyncAPI 3: methods are what it receives, events are what it sends; payloads are the frames of SignalR's JSON protocol.</summary>
internal sealed class HubDescription
{
    const string Hub = "#/channels/hub";
    const string Separator = "U+001E";

    readonly DocComments _comments = new(typeof(IChatHub).Assembly);
    readonly Shapes _shapes;
    readonly JsonObject _examples;
    readonly JsonObject _messages = [];
    readonly JsonObject _operations = [];

    HubDescription(JsonObject examples) => (_shapes, _examples) = (new Shapes(_comments), examples);

    /// <summary>Describes the hub.</summary>
    /// <param name="examples">Payloads by the names of their schemas.</param>
    public static JsonObject Describe(JsonObject examples) => new HubDescription(examples).Document();

    /// <summary>The name of the message that answers a method.</summary>
    public static string AnswerTo(string method) => method + "Answer";

    JsonObject Document()
    {
        foreach (var method in typeof(IChatHub).GetMethods())
            AddMethod(method);
        foreach (var happening in typeof(IChatClient).GetMethods())
            AddEvent(happening);
        _messages["Refused"] = Message("Refused", "A call of a method failed.", "The answer to a method that was refused: `error` is a code of `GET /api/v1/errors`, a colon and words for people.",
            Frame(3, ("invocationId", Text()), ("error", new JsonObject { ["type"] = "string", ["description"] = "`code: text`; a failure inside the server has no code." })), null);
        return new JsonObject
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = new JsonObject
            {
                ["title"] = "ChatGenius hub",
                ["version"] = "v1",
                ["description"] = "What happens, delivered live over SignalR with the JSON protocol. Commands go by HTTP: see /openapi/v1.json.",
                ["license"] = new JsonObject { ["name"] = "MIT" },
                ["tags"] = new JsonArray(new JsonObject { ["name"] = "hub", ["description"] = "Live delivery to clients." }),
            },
            ["defaultContentType"] = "application/json",
            ["servers"] = new JsonObject
            {
                ["deployment"] = new JsonObject
                {
                    ["host"] = "{host}",
                    ["protocol"] = "wss",
                    ["description"] = "WebSockets first; server-sent events and long polling work, too. Each frame ends with " + Separator
                        + "; the client begins with the frame {\"protocol\":\"json\",\"version\":1}, and both send {\"type\":6} to keep the connection.",
                    ["variables"] = new JsonObject { ["host"] = new JsonObject { ["description"] = "The deployment's public address, e.g. chat.example.org.", ["default"] = "localhost:8080" } },
                    ["security"] = new JsonArray(Reference("#/components/securitySchemes/bearer"), Reference("#/components/securitySchemes/ticket")),
                },
            },
            ["channels"] = new JsonObject
            {
                ["hub"] = new JsonObject
                {
                    ["address"] = HubPath.Realtime,
                    ["title"] = "The hub",
                    ["description"] = "One connection of one session. After every connect: Sync.",
                    ["messages"] = new JsonObject(_messages.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)Reference("#/components/messages/" + m.Key)))),
                },
            },
            ["operations"] = _operations,
            ["components"] = new JsonObject
            {
                ["messages"] = _messages,
                ["schemas"] = Sorted(_shapes.Schemas),
                ["securitySchemes"] = new JsonObject
                {
                    ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT", ["description"] = "An access token, from clients that can send a header." },
                    ["ticket"] = new JsonObject { ["type"] = "httpApiKey", ["in"] = "query", ["name"] = "access_token", ["description"] = "A ticket of POST /api/v1/realtime/ticket, never an access token: 30 seconds, one connection." },
                },
            },
            ["x-close-codes"] = new JsonArray([.. CloseCodes()]),
        };
    }

    void AddMethod(MethodInfo method)
    {
        var answer = method.ReturnType.IsGenericType ? method.ReturnType.GenericTypeArguments[0] : null;
        var parameters = method.GetParameters();
        var example = Arguments(parameters) is { } arguments ? new JsonObject { ["type"] = 1, ["invocationId"] = "1", ["target"] = method.Name, ["arguments"] = arguments } : null;
        _messages[method.Name] = Message(method.Name, _comments.Of(method)!, null, Invocation(method.Name, parameters, said: false, answered: true), example);
        var result = answer is null ? [] : new[] { ("result", _shapes.Of(answer, said: true)) };
        _messages[AnswerTo(method.Name)] = Message(AnswerTo(method.Name), $"{method.Name} is done.", answer is null ? "The result, where there is one, has no meaning." : null,
            Frame(3, [("invocationId", Text()), .. result]),
            answer is not null && _examples[answer.Name] is { } said ? new JsonObject { ["type"] = 3, ["invocationId"] = "1", ["result"] = said.DeepClone() } : null);
        _operations["call" + method.Name] = new JsonObject
        {
            ["action"] = "receive",
            ["channel"] = Reference(Hub),
            ["summary"] = _comments.Of(method),
            ["messages"] = new JsonArray(Reference($"{Hub}/messages/{method.Name}")),
            ["reply"] = new JsonObject { ["channel"] = Reference(Hub), ["messages"] = new JsonArray(Reference($"{Hub}/messages/{AnswerTo(method.Name)}"), Reference($"{Hub}/messages/Refused")) },
        };
    }

    void AddEvent(MethodInfo happening)
    {
        // Typing is both asked and said; what is said has a name of its own.
        var name = typeof(IChatHub).GetMethod(happening.Name) is null ? happening.Name : happening.Name + "Seen";
        var parameters = happening.GetParameters();
        var example = Arguments(parameters) is { } arguments ? new JsonObject { ["type"] = 1, ["target"] = happening.Name, ["arguments"] = arguments } : null;
        _messages[name] = Message(name, _comments.Of(happening)!, null, Invocation(happening.Name, parameters, said: true, answered: false), example);
        _operations["on" + happening.Name] = new JsonObject
        {
            ["action"] = "send",
            ["channel"] = Reference(Hub),
            ["summary"] = _comments.Of(happening),
            ["messages"] = new JsonArray(Reference($"{Hub}/messages/{name}")),
        };
    }

    JsonObject Invocation(string target, ParameterInfo[] parameters, bool said, bool answered)
    {
        var arguments = new JsonObject
        {
            ["type"] = "array",
            ["description"] = string.Join(", ", parameters.Select(p => p.Name)),
            ["items"] = new JsonArray([.. parameters.Select(p => _shapes.Of(p.ParameterType, said))]),
            ["minItems"] = parameters.Length,
            ["maxItems"] = parameters.Length,
        };
        var fields = new List<(string, JsonObject)> { ("target", new JsonObject { ["type"] = "string", ["const"] = target }), ("arguments", arguments) };
        if (answered)
            fields.Insert(0, ("invocationId", new JsonObject { ["type"] = "string", ["description"] = "Made by the client; the answer carries it." }));
        return Frame(1, [.. fields]);
    }

    // An example needs one for every argument; for ids and texts there are obvious ones.
    JsonArray? Arguments(ParameterInfo[] parameters)
    {
        var values = parameters.Select(p => Example(p.ParameterType, p.Name!)).ToArray();
        return values.Any(v => v is null) ? null : new JsonArray(values);
    }

    JsonNode? Example(Type type, string name) => (type, name) switch
    {
        _ when type.IsGenericType => Example(type.GenericTypeArguments[0], name) is { } one ? new JsonArray(one) : null,
        _ when type == typeof(Guid) => _examples["Message"]![name == "channelId" ? "channelId" : "authorId"]!.DeepClone(),
        (_, "feeds") => _examples["Delta"]!["feed"]!.DeepClone(),
        (_, "state") => PresenceState.Away,
        (_, "accessToken") => _examples["TokenAnswer"]!["access_token"]!.DeepClone(),
        (_, "positions") => _examples["SyncRequest"]!["positions"]![0]!.DeepClone(),
        _ => _examples[type.Name]?.DeepClone(),
    };

    static JsonObject Message(string name, string summary, string? more, JsonObject payload, JsonObject? example)
    {
        var message = new JsonObject { ["name"] = name, ["title"] = name, ["summary"] = summary, ["contentType"] = "application/json", ["payload"] = payload };
        if (more is not null)
            message["description"] = more;
        if (example is not null)
            message["examples"] = new JsonArray(new JsonObject { ["payload"] = example });
        return message;
    }

    static JsonObject Frame(int type, params (string Name, JsonObject Schema)[] fields) => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray(["type", .. fields.Select(f => (JsonNode)f.Name)]),
        ["properties"] = new JsonObject([KeyValuePair.Create("type", (JsonNode?)new JsonObject { ["type"] = "integer", ["const"] = type }), .. fields.Select(f => KeyValuePair.Create(f.Name, (JsonNode?)f.Schema))]),
    };

    IEnumerable<JsonNode> CloseCodes() => typeof(CloseCode).GetFields().Where(f => f.IsLiteral).Select(field =>
    {
        var closing = CloseCode.Closing((int)field.GetRawConstantValue()!);
        return new JsonObject
        {
            ["code"] = closing.Code,
            ["name"] = JsonNamingPolicy.CamelCase.ConvertName(field.Name),
            ["meaning"] = _comments.Of(field),
            ["reconnect"] = closing.Reconnect,
            ["retryAfterMs"] = closing.RetryAfterMs,
        };
    });

    internal static JsonObject Sorted(JsonObject schemas) => new(schemas.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => KeyValuePair.Create(s.Key, s.Value?.DeepClone())));

    internal static JsonObject Reference(string to) => new() { ["$ref"] = to };

    static JsonObject Text() => new() { ["type"] = "string" };
}
