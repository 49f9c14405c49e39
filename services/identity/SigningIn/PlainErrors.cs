using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ChatGenius.Identity.SigningIn;

/// <summary>Leaves out <c>error_uri</c>, which would lead people to the documentation of a library; <c>error_description</c> says what is wrong.</summary>
internal sealed class PlainErrors : IOpenIddictServerHandler<ApplyTokenResponseContext>, IOpenIddictServerHandler<ApplyRevocationResponseContext>
{
    public static OpenIddictServerHandlerDescriptor OfTokenRequests { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyTokenResponseContext>()
        .UseSingletonHandler<PlainErrors>().SetOrder(int.MinValue).Build();

    public static OpenIddictServerHandlerDescriptor OfRevocationRequests { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyRevocationResponseContext>()
        .UseSingletonHandler<PlainErrors>().SetOrder(int.MinValue).Build();

    public ValueTask HandleAsync(ApplyTokenResponseContext context)
    {
        context.Response.ErrorUri = null;
        return default;
    }

    public ValueTask HandleAsync(ApplyRevocationResponseContext context)
    {
        context.Response.ErrorUri = null;
        return default;
    }
}
