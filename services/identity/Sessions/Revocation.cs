using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ChatGenius.Identity.Sessions;

/// <summary><c>POST /connect/revoke</c>: revoking any token of a session ends the session, and so does an access token, which nothing else could take back before it expires.</summary>
internal sealed class Revocation(SessionEnder sessions) : IOpenIddictServerHandler<HandleRevocationRequestContext>
{
    /// <summary>Stands where OpenIddict's own handler revokes the one token.</summary>
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<HandleRevocationRequestContext>()
        .UseSingletonHandler<Revocation>()
        .SetOrder(OpenIddictServerHandlers.Revocation.RevokeToken.Descriptor.Order)
        .Build();

    public async ValueTask HandleAsync(HandleRevocationRequestContext context)
    {
        if (context.GenericTokenPrincipal.GetAuthorizationId() is { } session)
            await sessions.EndAsync(session, "a token of it was revoked", context.CancellationToken);
    }
}
