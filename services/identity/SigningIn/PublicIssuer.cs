using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ChatGenius.Identity.SigningIn;

/// <summary>Says the issuer exactly as <c>ChatGenius__PublicUrl</c> does, in tokens and in the discovery document, where OpenIddict would add a slash to a bare host.</summary>
internal sealed class PublicIssuer(IOptions<ChatGeniusSettings> settings) : IOpenIddictServerHandler<GenerateTokenContext>, IOpenIddictServerHandler<ApplyConfigurationResponseContext>
{
    public static OpenIddictServerHandlerDescriptor InTokens { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<GenerateTokenContext>()
        .UseSingletonHandler<PublicIssuer>()
        .SetOrder(OpenIddictServerHandlers.Protection.GenerateIdentityModelToken.Descriptor.Order - 1)
        .Build();

    public static OpenIddictServerHandlerDescriptor InDiscovery { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyConfigurationResponseContext>()
        .UseSingletonHandler<PublicIssuer>()
        .SetOrder(int.MinValue)
        .Build();

    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        context.SecurityTokenDescriptor.Issuer = settings.Value.PublicUrl;
        return default;
    }

    public ValueTask HandleAsync(ApplyConfigurationResponseContext context)
    {
        context.Response[OpenIddictConstants.Metadata.Issuer] = settings.Value.PublicUrl;
        return default;
    }
}
