using System.Security.Claims;
using System.Security.Cryptography;
using ChatGenius.Hosting.Auth;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChatGenius.EdgeTests.Support;

/// <summary>Access tokens as the identity service would sign them.</summary>
internal static class Tokens
{
    static readonly RsaSecurityKey s_key = new(RSA.Create(2048)) { KeyId = "test" };

    public static RsaSecurityKey PublicKey { get; } = new(s_key.Rsa.ExportParameters(false)) { KeyId = "test" };

    /// <summary>A valid token of some user.</summary>
    public static string For(Guid user) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Edges.PublicUrl,
        Audience = AccessTokenValidator.Audience,
        TokenType = "at+jwt",
        Subject = new ClaimsIdentity([new Claim("sub", user.ToString()), new Claim("sid", Guid.CreateVersion7().ToString()), new Claim("name", "ada")]),
        Expires = TimeProvider.System.GetUtcNow().AddMinutes(10).UtcDateTime,
        SigningCredentials = new SigningCredentials(s_key, SecurityAlgorithms.RsaSha256),
    });
}
