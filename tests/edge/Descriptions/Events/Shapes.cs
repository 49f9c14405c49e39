using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ChatGenius.Contracts.Channels;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Identity;
using ChatGenius.Contracts.Messages;

namespace ChatGenius.EdgeTests.Descriptions.Events;

/// <summary>JSON schemas of contract records, collected under <c>components/schemas</c> as they are met.</summary>
/// <param name="comments">Where the descriptions come from.</param>
internal sealed class Shapes(DocComments comments)
{
    static readonly NullabilityInfoContext s_nullability = new();

    /// <summary>What a feed of each kind consists of; a kind without a line does not describe.</summary>
    static readonly Dictionary<FeedKind, (Type Entity, string? Tag)[]> s_entities = new()
    {
        [FeedKind.Messages] = [(typeof(Message), null)],
        [FeedKind.Members] = [(typeof(Channel), "channel"), (typeof(Membership), "member")],
        [FeedKind.UserChannels] = [(typeof(MyChannel), null)],
        [FeedKind.Reads] = [(typeof(ReadPosition), null)],
        [FeedKind.Users] = [(typeof(User), null)],
    };

    /// <summary>The schemas, by name.</summary>
    public JsonObject Schemas { get; } = [];

    /// <summary>The schema of a type.</summary>
    /// <param name="type">A record, or what one is made of.</param>
    /// <param name="said">True where the server writes all fields, always; false where only what the contract requires is sure to be there.</param>
    public JsonObject Of(Type type, bool said) => type switch
    {
        _ when type == typeof(string) => new() { ["type"] = "string" },
        _ when type == typeof(Guid) => new() { ["type"] = "string", ["format"] = "uuid" },
        _ when type == typeof(DateTimeOffset) => new() { ["type"] = "string", ["format"] = "date-time" },
        _ when type == typeof(bool) => new() { ["type"] = "boolean" },
        _ when type == typeof(int) => new() { ["type"] = "integer", ["format"] = "int32" },
        _ when type == typeof(long) => new() { ["type"] = "integer", ["format"] = "int64" },
        _ when type == typeof(double) => new() { ["type"] = "number", ["format"] = "double" },
        _ when type == typeof(JsonElement) => new(),
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => new() { ["type"] = "array", ["items"] = Of(type.GenericTypeArguments[0], said) },
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) => new() { ["type"] = "object", ["additionalProperties"] = Of(type.GenericTypeArguments[1], said) },
        { IsClass: true } when type.Assembly == typeof(Delta).Assembly => Reference(type, said),
        _ => throw new NotSupportedException($"{type} has no place in a contract."),
    };

    /// <summary>What a delta's items may be.</summary>
    JsonArray Entities(bool said) => [.. Enum.GetValues<FeedKind>().SelectMany(kind => s_entities[kind]).Select(entity => entity.Tag is null ? Of(entity.Entity, said) : Tagged(entity.Entity, entity.Tag, said))];

    JsonObject Tagged(Type entity, string tag, bool said)
    {
        var name = "Feed" + entity.Name;
        if (!Schemas.ContainsKey(name))
        {
            Schemas[name] = null;
            var shape = Record(entity, said);
            shape["properties"]!.AsObject().Insert(0, "type", new JsonObject { ["type"] = "string", ["const"] = tag });
            shape["required"]!.AsArray().Insert(0, "type");
            Schemas[name] = shape;
        }
        return new() { ["$ref"] = "#/components/schemas/" + name };
    }

    JsonObject Reference(Type type, bool said)
    {
        if (!Schemas.ContainsKey(type.Name))
        {
            Schemas[type.Name] = null;
            Schemas[type.Name] = Record(type, said);
        }
        return new() { ["$ref"] = "#/components/schemas/" + type.Name };
    }

    JsonObject Record(Type type, bool said)
    {
        var (required, properties) = (new JsonArray(), new JsonObject());
        foreach (var property in type.GetProperties().Where(p => p.CanWrite))
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            var optional = property.GetCustomAttribute<JsonIgnoreAttribute>() is not null;
            if (said ? !optional : property.GetCustomAttribute<System.Runtime.CompilerServices.RequiredMemberAttribute>() is not null)
                required.Add(name);
            properties[name] = Property(property, said, optional);
        }
        var shape = new JsonObject { ["type"] = "object", ["description"] = comments.Of(type), ["required"] = required, ["properties"] = properties };
        if (required.Count == 0)
            shape.Remove("required");
        return shape;
    }

    JsonObject Property(PropertyInfo property, bool said, bool optional)
    {
        var shape = property is { DeclaringType.Name: nameof(Delta), Name: nameof(Delta.Items) }
            ? new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["oneOf"] = Entities(said) } }
            : Of(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, said);
        // Close codes grow, and have a table of their own.
        if (comments.ConstantsOf(property) is { } constants && property.PropertyType == typeof(string))
            shape["enum"] = new JsonArray([.. constants.GetFields().Where(f => f.IsLiteral).Select(f => JsonSerializer.SerializeToNode(f.GetRawConstantValue()))]);
        var mayBeNull = !(said && optional) && s_nullability.Create(property).WriteState == NullabilityState.Nullable;
        var described = !mayBeNull ? shape
            : shape.ContainsKey("$ref") ? new JsonObject { ["oneOf"] = new JsonArray(new JsonObject { ["type"] = "null" }, shape) }
            : OrNull(shape);
        if (comments.Of(property) is { } text)
            described = described.ContainsKey("$ref") ? new JsonObject { ["description"] = text, ["allOf"] = new JsonArray(described) } : With(described, text);
        return described;
    }

    static JsonObject OrNull(JsonObject shape)
    {
        shape["type"] = new JsonArray("null", shape["type"]!.DeepClone());
        if (shape["enum"] is JsonArray values)
            values.Add(null);
        return shape;
    }

    static JsonObject With(JsonObject shape, string text)
    {
        shape["description"] = text;
        return shape;
    }
}
