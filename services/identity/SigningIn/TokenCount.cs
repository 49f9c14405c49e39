using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ChatGenius.Identity.SigningIn;

/// <summary>Counts what <c>POST /connect/token</c> answers.</summary>
internal sealed class TokenCount(TokenMeters meters) : IOpenIddictServerHandler<ApplyTokenResponseContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyTokenResponseContext>()
        .UseSingletonHandler<TokenCount>().SetOrder(int.MinValue + 1).Build();

    public ValueTask HandleAsync(ApplyTokenResponseContext context)
    {
        if (context.Error is { Length: > 0 } code)
            meters.NotIssued(code);
        else if (context.Request?.IsRefreshTokenGrantType() == true)
            meters.Renewed();
        else
            meters.Issued();
        return default;
    }
}
