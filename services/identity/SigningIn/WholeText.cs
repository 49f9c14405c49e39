using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ChatGenius.Identity.SigningIn;

/// <summary>Refuses U+0000 and lone surrogates in the forms of <c>/connect</c>, before anything is looked up by them: no database keeps such text.</summary>
internal sealed class WholeText : IOpenIddictServerHandler<ExtractTokenRequestContext>, IOpenIddictServerHandler<ExtractRevocationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor OfTokenRequests { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ExtractTokenRequestContext>()
        .UseSingletonHandler<WholeText>().SetOrder(int.MaxValue).Build();

    public static OpenIddictServerHandlerDescriptor OfRevocationRequests { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ExtractRevocationRequestContext>()
        .UseSingletonHandler<WholeText>().SetOrder(int.MaxValue).Build();

    public ValueTask HandleAsync(ExtractTokenRequestContext context) => Check(context, context.Request);

    public ValueTask HandleAsync(ExtractRevocationRequestContext context) => Check(context, context.Request);

    static ValueTask Check(BaseValidatingContext context, OpenIddict.Abstractions.OpenIddictRequest? request)
    {
        if (request?.GetParameters().Any(p => (string?)p.Value is { } text && (text.Contains('\0', StringComparison.Ordinal) || !JsonText.IsWholeUnicode(text))) is true)
            context.Reject(Errors.InvalidRequest, "A parameter contains U+0000 or half of a surrogate pair.");
        return default;
    }
}
