using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ChatGenius.Identity.SigningIn;

/// <summary>
/// Keeps access tokens and identity tokens out of the database: they are checked by their signature and their session, and a row for each
/// would be the largest table of a busy deployment. Refresh tokens keep theirs.
/// </summary>
internal sealed class BearerEntries : IOpenIddictServerHandler<GenerateTokenContext>, IOpenIddictServerHandler<ValidateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Left { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<GenerateTokenContext>()
        .UseSingletonHandler<BearerEntries>()
        .SetOrder(int.MinValue)
        .Build();

    /// <summary>Stands before OpenIddict looks at the session, which it otherwise learns from the entry.</summary>
    public static OpenIddictServerHandlerDescriptor Missed { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenContext>()
        .UseSingletonHandler<BearerEntries>()
        .SetOrder(OpenIddictServerHandlers.Protection.ValidateAuthorizationEntry.Descriptor.Order - 1)
        .Build();

    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        if (context.TokenType is TokenTypeIdentifiers.AccessToken or TokenTypeIdentifiers.IdentityToken)
            context.CreateTokenEntry = context.PersistTokenPayload = false;
        return default;
    }

    public ValueTask HandleAsync(ValidateTokenContext context)
    {
        context.AuthorizationId ??= context.Principal?.GetAuthorizationId();
        return default;
    }
}
