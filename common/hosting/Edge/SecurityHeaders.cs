using ChatGenius.Hosting.Settings;

namespace ChatGenius.Hosting.Edge;

/// <summary>Tells browsers what the pages of this address may do.</summary>
internal sealed class SecurityHeaders(RequestDelegate next, IOptions<ChatGeniusSettings> settings)
{
    // Nothing inline but the one style of the pages that describe the API, known by its hash.
    static readonly string s_contentPolicy =
        $"default-src 'self'; script-src 'self'; style-src 'self' '{ApiPage.StyleHash}'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self' data:; " +
        "connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    readonly bool _https = settings.Value.PublicUrl.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = s_contentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (_https || context.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
        return next(context);
    }
}
