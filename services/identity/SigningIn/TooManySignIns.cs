using System.Globalization;
using OpenIddict.Abstractions;

namespace ChatGenius.Identity.SigningIn;

/// <summary>429 in the form of RFC 6749, with <c>Retry-After</c>.</summary>
internal sealed class TooManySignIns(TimeSpan wait) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = StatusCodes.Status429TooManyRequests;
        response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        response.Headers.CacheControl = "no-store";
        return response.WriteAsJsonAsync(new Dictionary<string, string>
        {
            [OpenIddictConstants.Parameters.Error] = ErrorCodes.RateLimited.Code,
            [OpenIddictConstants.Parameters.ErrorDescription] = "Too many attempts to sign in to this account. Wait for as long as Retry-After says.",
        }, httpContext.RequestAborted);
    }
}
