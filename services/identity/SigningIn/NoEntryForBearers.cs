using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ChatGenius.Identity.SigningIn;

/// <summary>
/// Keeps access tokens and identity tokens out of the database: they are checked by their signature and their session, and a row for each
/// would be the largest table of a busy deployment. Refresh tokens keep theirs.
/// </summary>
internal sealed class NoEntryForBearers : IOpenIddictServerHandler<GenerateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<GenerateTokenContext>()
        .UseSingletonHandler<NoEntryForBearers>()
        .SetOrder(int.MinValue)
        .Build();

    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        if (context.TokenType is TokenTypeIdentifiers.AccessToken or TokenTypeIdentifiers.IdentityToken)
            context.CreateTokenEntry = context.PersistTokenPayload = false;
        return default;
    }
}
