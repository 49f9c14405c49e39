using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ChatGenius.Identity.SigningIn;

/// <summary>Describes what OpenIddict answers before routing, which no route tells of, and that sign-in refuses in the form of RFC 6749.</summary>
internal sealed class SignInDescription : IOpenApiDocumentTransformer
{
    const string Form = "application/x-www-form-urlencoded";
    const string Json = "application/json";
    const string Tag = "Sign-in";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        Define(document, "OAuthError", "A refusal as RFC 6749 says it.", ("error", "What programs compare, e.g. `invalid_grant`.", true), ("error_description", "What is wrong, for people.", false));
        Define(document, "RevocationForm", "The form of `POST /connect/revoke` (RFC 7009).",
            ("token", "An access or refresh token; its whole session ends.", true), ("client_id", "`chatgenius`.", true), ("token_type_hint", "`access_token` or `refresh_token`.", false));
        Define(document, "Discovery", "OpenID Connect discovery; what else is in it is as that specification says.",
            ("issuer", "`ChatGenius__PublicUrl`.", true), ("token_endpoint", "Where tokens are got.", true), ("revocation_endpoint", "Where sessions are ended.", true),
            ("userinfo_endpoint", "Who a token speaks for.", true), ("jwks_uri", "Where the signing keys are.", true));
        Define(document, "SigningKey", "A public key (RFC 7517).", ("kid", "Which tokens name.", true), ("kty", "`RSA`.", true), ("alg", "`RS256`.", true), ("use", "`sig`.", true), ("n", "The modulus.", true), ("e", "The exponent.", true));
        document.Components!.Schemas!["SigningKeys"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "The keys that access tokens are signed with: the present ones, the next, and those whose tokens may still be valid.",
            Required = new HashSet<string> { "keys" },
            Properties = new Dictionary<string, IOpenApiSchema> { ["keys"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchemaReference("SigningKey", document) } },
        };

        var revoke = Operation(document, "RevokeToken", "End the session of a token (OAuth 2).", "The session has ended, or the token was of none.", null);
        revoke.RequestBody = new OpenApiRequestBody { Required = true, Content = Content(document, Form, "RevocationForm") };
        Add(document, "/connect/revoke", HttpMethod.Post, revoke);
        Add(document, "/.well-known/openid-configuration", HttpMethod.Get, Operation(document, "GetDiscovery", "Where everything about sign-in is (OpenID Connect).", "The discovery document.", "Discovery"));
        Add(document, "/.well-known/jwks", HttpMethod.Get, Operation(document, "GetSigningKeys", "The keys that access tokens are signed with.", "The key set.", "SigningKeys"));

        document.Paths["/connect/token"].Operations![HttpMethod.Post].Responses!["4XX"] = Refusal(document);
        document.Paths["/connect/userinfo"].Operations![HttpMethod.Get].Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", document)] = [] }];
        return Task.CompletedTask;
    }

    static OpenApiOperation Operation(OpenApiDocument document, string name, string summary, string answer, string? schema) => new()
    {
        OperationId = name,
        Summary = summary,
        Tags = new HashSet<OpenApiTagReference> { new(Tag, document) },
        Security = [],
        Responses = new OpenApiResponses
        {
            ["200"] = new OpenApiResponse { Description = answer, Content = schema is null ? null : Content(document, Json, schema) },
            ["4XX"] = Refusal(document),
            ["5XX"] = new OpenApiResponse { Description = "Failed or away; `Retry-After` says when to come back.", Content = Content(document, "application/problem+json", "Problem") },
        },
    };

    static OpenApiResponse Refusal(OpenApiDocument document) => new() { Description = "Refused; `error` says why.", Content = Content(document, Json, "OAuthError") };

    static Dictionary<string, OpenApiMediaType> Content(OpenApiDocument document, string type, string schema) =>
        new() { [type] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(schema, document) } };

    static void Add(OpenApiDocument document, string path, HttpMethod method, OpenApiOperation operation) =>
        document.Paths[path] = new OpenApiPathItem { Operations = new Dictionary<HttpMethod, OpenApiOperation> { [method] = operation } };

    static void Define(OpenApiDocument document, string name, string meaning, params (string Name, string Meaning, bool Required)[] fields) => document.Components!.Schemas![name] = new OpenApiSchema
    {
        Type = JsonSchemaType.Object,
        Description = meaning,
        Required = fields.Where(f => f.Required).Select(f => f.Name).ToHashSet(),
        Properties = fields.ToDictionary(f => f.Name, f => (IOpenApiSchema)new OpenApiSchema { Type = JsonSchemaType.String, Description = f.Meaning }),
    };
}
