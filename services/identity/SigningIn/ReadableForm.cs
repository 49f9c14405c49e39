using Microsoft.AspNetCore;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ChatGenius.Identity.SigningIn;

/// <summary>Answers a form that cannot be read (U+0000, too many or too long fields) as RFC 6749 says, where OpenIddict would let the failure through.</summary>
internal sealed class ReadableForm : IOpenIddictServerHandler<ExtractTokenRequestContext>, IOpenIddictServerHandler<ExtractRevocationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor OfTokenRequests { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ExtractTokenRequestContext>()
        .UseSingletonHandler<ReadableForm>().SetOrder(int.MinValue).Build();

    public static OpenIddictServerHandlerDescriptor OfRevocationRequests { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ExtractRevocationRequestContext>()
        .UseSingletonHandler<ReadableForm>().SetOrder(int.MinValue).Build();

    public ValueTask HandleAsync(ExtractTokenRequestContext context) => CheckAsync(context);

    public ValueTask HandleAsync(ExtractRevocationRequestContext context) => CheckAsync(context);

    static async ValueTask CheckAsync(BaseValidatingContext context)
    {
        if (context.Transaction.GetHttpRequest() is not { HasFormContentType: true } request)
            return;
        try
        {
            await request.ReadFormAsync(context.CancellationToken);
        }
        catch (InvalidDataException)
        {
            context.Reject(Errors.InvalidRequest, "The form cannot be read: it has U+0000, or too many or too long fields.");
        }
    }
}
