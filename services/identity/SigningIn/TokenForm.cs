using System.Text.Json.Serialization;

namespace ChatGenius.Identity.SigningIn;

/// <summary>The form of <c>POST /connect/token</c>, as the API description shows it; OpenIddict reads it.</summary>
internal sealed record TokenForm
{
    /// <summary><c>password</c> or <c>refresh_token</c>.</summary>
    [JsonPropertyName("grant_type")]
    public required string GrantType { get; init; }

    /// <summary><c>chatgenius</c>.</summary>
    [JsonPropertyName("client_id")]
    public required string ClientId { get; init; }

    /// <summary>With <c>password</c>.</summary>
    [JsonPropertyName("username")]
    public string? Username { get; init; }

    /// <summary>With <c>password</c>.</summary>
    [JsonPropertyName("password")]
    public string? Password { get; init; }

    /// <summary>With <c>refresh_token</c>.</summary>
    [JsonPropertyName("refresh_token")]
    public string? RefreshToken { get; init; }

    /// <summary><c>openid offline_access</c> asks for a refresh token, too.</summary>
    [JsonPropertyName("scope")]
    public string? Scope { get; init; }
}

/// <summary>The answer of <c>POST /connect/token</c>, as the API description shows it; OpenIddict writes it.</summary>
internal sealed record TokenAnswer
{
    [JsonPropertyName("access_token")]
    public required string AccessToken { get; init; }

    /// <summary><c>Bearer</c>.</summary>
    [JsonPropertyName("token_type")]
    public required string TokenType { get; init; }

    /// <summary>Seconds.</summary>
    [JsonPropertyName("expires_in")]
    public required int ExpiresIn { get; init; }

    /// <summary>With <c>scope=offline_access</c>; good for one use.</summary>
    [JsonPropertyName("refresh_token")]
    public string? RefreshToken { get; init; }

    /// <summary>With <c>scope=openid</c>.</summary>
    [JsonPropertyName("id_token")]
    public string? IdToken { get; init; }
}
