using System.Globalization;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace ChatGenius.Identity.Keys;

/// <summary>A key and when it was made.</summary>
internal sealed record KeyFile(SecurityKey Key, DateTimeOffset MadeAt)
{
    public const int EncryptionBytes = 32;
    const int SigningBits = 2048;
    const string MadeLine = "Made: ";

    /// <summary>The text of a new RSA signing key: PKCS#8 PEM after a line that says when it was made, which readers of PEM pass over.</summary>
    public static string NewSigning(DateTimeOffset now)
    {
        using var rsa = RSA.Create(SigningBits);
        return $"{MadeLine}{now:O}\n{rsa.ExportPkcs8PrivateKeyPem()}\n";
    }

    /// <summary>The text of a new encryption key: base64 after the line that says when it was made.</summary>
    public static string NewEncryption(DateTimeOffset now) => $"{MadeLine}{now:O}\n{Convert.ToBase64String(RandomNumberGenerator.GetBytes(EncryptionBytes))}\n";

    /// <exception cref="CryptographicException">It holds no such key.</exception>
    public static KeyFile ReadSigning(string text, DateTimeOffset fallback)
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(text);
        }
        catch (ArgumentException wrong)
        {
            throw new CryptographicException("it holds no private key as PEM", wrong);
        }
        if (rsa.KeySize < SigningBits)
            throw new CryptographicException($"its RSA key has less than {SigningBits} bits");
        var key = new RsaSecurityKey(rsa);
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        return new KeyFile(key, MadeAtOf(text) ?? fallback);
    }

    /// <exception cref="CryptographicException">It holds no such key.</exception>
    public static KeyFile ReadEncryption(string text, DateTimeOffset fallback)
    {
        var bytes = new byte[EncryptionBytes + 1];
        var base64 = string.Concat(text.Split('\n').Where(l => !l.StartsWith(MadeLine, StringComparison.Ordinal)).Select(l => l.Trim()));
        if (!Convert.TryFromBase64String(base64, bytes, out var length) || length != EncryptionBytes)
            throw new CryptographicException($"it does not hold {EncryptionBytes} bytes in base64");
        var key = new SymmetricSecurityKey(bytes[..length]);
        key.KeyId = Base64UrlEncoder.Encode(SHA256.HashData(key.ComputeJwkThumbprint()));
        return new KeyFile(key, MadeAtOf(text) ?? fallback);
    }

    static DateTimeOffset? MadeAtOf(string text) =>
        text.Split('\n')[0] is var line && line.StartsWith(MadeLine, StringComparison.Ordinal)
        && DateTimeOffset.TryParse(line[MadeLine.Length..].Trim(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var made) ? made : null;
}
