using System.Buffers;
using System.IO.Pipelines;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using ChatGenius.Contracts.Edge;
using ChatGenius.Hosting.Problems;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace ChatGenius.Hosting.Requests;

/// <summary>
/// A JSON request body, read strictly: malformed JSON, wrong types, missing fields, explicit nulls, U+0000 and lone surrogates are refused with a code;
/// unknown fields are ignored and named in the <c>ChatGenius-Ignored-Fields</c> header of the answer.
/// </summary>
/// <typeparam name="T">A request record of the contracts.</typeparam>
public sealed class Body<T> : IEndpointParameterMetadataProvider where T : class
{
    Body(T value) => Value = value;

    /// <summary>The request.</summary>
    public T Value { get; }

    /// <summary>Reads the body; what ASP.NET calls to bind a parameter. Null where the parameter is nullable and the request brings no body.</summary>
    public static async ValueTask<Body<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var request = context.Request;
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false } && IsOptional(parameter))
            return null;
        if (!request.HasJsonContentType() && request.ContentLength is not 0 and not null)
            throw new ProblemException(ErrorCodes.UnsupportedMediaType);
        if (request.ContentLength > Limits.BodyBytes)
            throw new ProblemException(ErrorCodes.TooLarge);
        var reader = request.BodyReader;
        ReadResult read;
        while (!(read = await reader.ReadAsync(context.RequestAborted)).IsCompleted)
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        try
        {
            return new Body<T>(Read(read.Buffer, context.Response));
        }
        finally
        {
            reader.AdvanceTo(read.Buffer.End);
        }
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T), IsOptional(parameter)));

    static bool IsOptional(ParameterInfo parameter) => new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;

    // Where the server has it, in one piece nearly always: a stream would be copied.
    static T Read(ReadOnlySequence<byte> body, HttpResponse response)
    {
        using var document = Parse(body);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            throw new ProblemException(ErrorCodes.Invalid, "The body is not a JSON object.");
        // Only an escape can hide U+0000 or half of a surrogate pair in well-formed UTF-8.
        var raw = JsonMarshal.GetRawUtf8Value(root);
        if (raw.IndexOf("\\u"u8) >= 0 || !Utf8.IsValid(raw))
            JsonText.Check(root);
        NameIgnoredFields(root, response);
        return Deserialize(root);
    }

    static JsonDocument Parse(ReadOnlySequence<byte> body)
    {
        try
        {
            var byteOrderMark = Encoding.UTF8.Preamble;
            var text = new SequenceReader<byte>(body);
            return JsonDocument.Parse(text.IsNext(byteOrderMark) ? body.Slice(byteOrderMark.Length) : body, new JsonDocumentOptions { MaxDepth = 32 });
        }
        catch (JsonException malformed)
        {
            throw new ProblemException(ErrorCodes.MalformedJson, $"The body is not well-formed JSON (line {malformed.LineNumber + 1}, byte {malformed.BytePositionInLine}).");
        }
    }

    static T Deserialize(JsonElement root)
    {
        try
        {
            return root.Deserialize<T>(ContractsJson.Options) ?? throw new ProblemException(ErrorCodes.Invalid);
        }
        catch (JsonException wrong)
        {
            var field = wrong.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : "body";
            var missing = TypeInfo.Properties.Where(p => p.IsRequired && !root.TryGetProperty(p.Name, out _)).Select(p => p.Name).ToArray();
            if (missing.Length > 0)
                throw new ProblemException(ErrorCodes.Invalid, $"Missing: {string.Join(", ", missing)}.", missing.ToDictionary(m => m, _ => new[] { "is required" }));
            throw ProblemException.Field(field, "has a wrong type, a null where none may be, or a value out of its form");
        }
    }

    static JsonTypeInfo TypeInfo => ContractsJson.Options.GetTypeInfo(typeof(T));

    static void NameIgnoredFields(JsonElement root, HttpResponse response)
    {
        List<string>? ignored = null;
        foreach (var property in root.EnumerateObject())
            if (!IsKnown(property))
                (ignored ??= []).Add(property.Name);
        if (ignored is not null)
            response.Headers["ChatGenius-Ignored-Fields"] = string.Join(", ", ignored.Distinct().Take(20).Select(JsonText.HeaderSafe));
    }

    static bool IsKnown(JsonProperty property)
    {
        foreach (var known in TypeInfo.Properties)
            if (property.NameEquals(known.Name))
                return true;
        return false;
    }
}
