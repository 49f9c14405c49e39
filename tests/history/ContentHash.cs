using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ChatGenius.Histories;

/// <summary>A hash of JSON by what it says: the order of fields, white space and escapes do not count. FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/); never 0.</summary>
public static class ContentHash
{
    const ulong Basis = 14695981039346656037;
    const ulong Prime = 1099511628211;

    /// <summary>The hash of an item.</summary>
    public static ulong Of(JsonElement item) => Add(Basis, item) is var hash && hash == 0 ? 1 : hash;

    static ulong Add(ulong hash, JsonElement value)
    {
        hash = Add(hash, [(byte)value.ValueKind]);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var field in value.EnumerateObject().OrderBy(field => field.Name, StringComparer.Ordinal))
                    hash = Add(Add(hash, Encoding.UTF8.GetBytes(field.Name)), field.Value);
                break;
            case JsonValueKind.Array:
                foreach (var element in value.EnumerateArray())
                    hash = Add(hash, element);
                break;
            case JsonValueKind.String:
                hash = Add(hash, Encoding.UTF8.GetBytes(value.GetString()!));
                break;
            case JsonValueKind.Number:
                hash = Add(hash, JsonMarshal.GetRawUtf8Value(value));
                break;
        }
        return Add(hash, [0xFF]);
    }

    static ulong Add(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
            hash = (hash ^ b) * Prime;
        return hash;
    }
}
