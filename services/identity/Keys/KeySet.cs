using Microsoft.IdentityModel.Tokens;

namespace ChatGenius.Identity.Keys;

/// <summary>Keys in the order of their use: the first of each signs or encrypts, all verify or decrypt.</summary>
internal sealed record KeySet(IReadOnlyList<SecurityKey> Signing, IReadOnlyList<SecurityKey> Encryption)
{
    public bool IsSameAs(KeySet other) =>
        Signing.Select(k => k.KeyId).SequenceEqual(other.Signing.Select(k => k.KeyId)) && Encryption.Select(k => k.KeyId).SequenceEqual(other.Encryption.Select(k => k.KeyId));

    /// <summary>Puts the newest key first that has been known for <paramref name="notice"/>; when none has, the oldest.</summary>
    /// <param name="keys">Oldest first.</param>
    /// <param name="now">The time.</param>
    /// <param name="notice">How long a key is known before it is used.</param>
    public static IReadOnlyList<SecurityKey> Ordered(IReadOnlyList<KeyFile> keys, DateTimeOffset now, TimeSpan notice)
    {
        var first = keys.LastOrDefault(k => now - k.MadeAt >= notice) ?? keys[0];
        return [first.Key, .. keys.Where(k => k != first).Reverse().Select(k => k.Key)];
    }
}
