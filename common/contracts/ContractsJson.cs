using System.Globalization;
using System.Text.Encodings.Web;

namespace ChatGenius.Contracts;

/// <summary>How everything is written as JSON: camelCase, UTF-8, times in RFC 3339 UTC with three decimals. Thread-safe.</summary>
public static class ContractsJson
{
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

    sealed class TimeConverter : JsonConverter<DateTimeOffset>
    {
        const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));
    }
}
