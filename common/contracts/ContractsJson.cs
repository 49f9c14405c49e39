using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;

namespace ChatGenius.Contracts;

/// <summary>How everything is written as JSON: camelCase, UTF-8, times in RFC 3339 UTC with three decimals. Thread-safe.</summary>
public static class ContractsJson
{
    /// <summary>Writes an item that is passed on as it was read: token by token it would cost as much as to make it anew.</summary>
    public static JsonConverter<JsonElement> Elements { get; } = new ElementConverter();

    /// <summary>The options that every reader and writer uses. Read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>Gives other options (ASP.NET's, SignalR's) the same settings.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DictionaryKeyPolicy = null;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new TimeConverter());
        options.Converters.Add(Elements);
    }

    /// <summary>An entity as a feed item.</summary>
    public static JsonElement ToItem<T>(T entity) => JsonSerializer.SerializeToElement(entity, Options);

    static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    sealed class ElementConverter : JsonConverter<JsonElement>
    {
        public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonElement.ParseValue(ref reader);

        public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) =>
            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
    }

    sealed class TimeConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        // The round-trip form has seven decimals, and is written several times faster than a form of one's own.
        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
        {
            Span<byte> text = stackalloc byte["yyyy-MM-ddTHH:mm:ss.fffffffZ".Length];
            value.UtcDateTime.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
            var milliseconds = text[.."yyyy-MM-ddTHH:mm:ss.fffZ".Length];
            milliseconds[^1] = (byte)'Z';
            writer.WriteStringValue(milliseconds);
        }
    }
}
