using System.Text.Json;
using ChatGenius.Hosting.Problems;

namespace ChatGenius.Hosting.Requests;

/// <summary>What text may be: whole Unicode, without U+0000.</summary>
public static class JsonText
{
    /// <summary>Refuses U+0000 and lone surrogates anywhere in a JSON value.</summary>
    public static void Check(JsonElement value, string path = "")
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                Check(ReadString(value, path), path);
                break;
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                    Check(property.Value, path.Length == 0 ? ReadName(property) : $"{path}.{ReadName(property)}");
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                    Check(item, path);
                break;
            default:
                break;
        }
    }

    /// <summary>Refuses U+0000 and lone surrogates in a text.</summary>
    public static void Check(string text, string path)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
            throw ProblemException.Field(path, "contains U+0000");
        if (!IsWholeUnicode(text))
            throw ProblemException.Field(path, "contains half of a surrogate pair");
    }

    /// <summary>True when every surrogate has its other half.</summary>
    public static bool IsWholeUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (char.IsSurrogate(text[i]))
            {
                if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                    return false;
                i++;
            }
        return true;
    }

    /// <summary>Unicode code points of a text.</summary>
    public static int Length(string text)
    {
        var length = 0;
        foreach (var _ in text.EnumerateRunes())
            length++;
        return length;
    }

    /// <summary>A field's name as it may stand in a header.</summary>
    internal static string HeaderSafe(string name) =>
        new([.. name.Take(64).Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' ? c : '?')]);

    static string ReadString(JsonElement value, string path)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw ProblemException.Field(path, "contains half of a surrogate pair or bytes that are not UTF-8");
        }
    }

    static string ReadName(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            throw ProblemException.Field("body", "a field's name is not whole Unicode");
        }
    }
}
