using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ChatGenius.Identity.Sessions;

/// <summary>
/// A refresh token that comes again after it was used, and after the leeway for answers that were lost, is in two hands: the session ends everywhere.
/// OpenIddict refuses the token by itself, but leaves the access tokens alive.
/// </summary>
internal sealed class RefreshReuse(IOpenIddictTokenManager tokens, SessionEnder sessions, TimeProvider time) : IOpenIddictServerHandler<ValidateTokenContext>
{
    /// <summary>Stands just before OpenIddict looks at the token's entry and refuses it.</summary>
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenContext>()
        .UseScopedHandler<RefreshReuse>()
        .SetOrder(OpenIddictServerHandlers.Protection.ValidateTokenEntry.Descriptor.Order - 1)
        .Build();

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (context.Principal is not { } principal || !principal.HasTokenType(TokenTypeIdentifiers.RefreshToken) || principal.GetTokenId() is not { } id)
            return;
        if (await tokens.FindByIdAsync(id, context.CancellationToken) is not { } token || !await tokens.HasStatusAsync(token, Statuses.Redeemed, context.CancellationToken))
            return;
        var used = await tokens.GetRedemptionDateAsync(token, context.CancellationToken);
        if (used is null || time.GetUtcNow() < used + (context.Options.RefreshTokenReuseLeeway ?? TimeSpan.Zero))
            return;
        if (await tokens.GetAuthorizationIdAsync(token, context.CancellationToken) is { } session)
            await sessions.EndAsync(session, "a used refresh token came again", context.CancellationToken);
    }
}
