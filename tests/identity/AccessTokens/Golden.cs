using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace ChatGenius.IdentityTests.AccessTokens;

/// <summary>A token as it was once made, and what is said of it.</summary>
/// <param name="Name">What is special about it.</param>
/// <param name="After">Seconds after it was issued.</param>
/// <param name="Code">The code of the refusal; null for a good one.</param>
/// <param name="Token">The token.</param>
internal sealed record GoldenToken(string Name, int After, string? Code, string Token);

/// <summary>The file of golden tokens; see the README beside it.</summary>
internal sealed record Golden(string Issuer, DateTimeOffset IssuedAt, IReadOnlyList<GoldenToken> Tokens)
{
    static readonly JsonDocument s_file = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(), "golden.json")));

    public static Golden All { get; } = s_file.Deserialize<Golden>(JsonSerializerOptions.Web)!;

    /// <summary>The keys that a service holds.</summary>
    public static IReadOnlyList<SecurityKey> Held { get; } = Keys("held");

    /// <summary>The key that came later.</summary>
    public static IReadOnlyList<SecurityKey> Next { get; } = Keys("next");

    public static GoldenToken Of(string name) => All.Tokens.Single(token => token.Name == name);

    static IReadOnlyList<SecurityKey> Keys(string name) => [.. new JsonWebKeySet(s_file.RootElement.GetProperty(name).GetRawText()).GetSigningKeys()];

    static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
