using System.Buffers;
using Microsoft.AspNetCore.Authentication;

namespace ChatGenius.Hosting.Auth;

internal static class Authenticating
{
    /// <summary>
    /// Authenticates each request. A sign-in server is asked before whether a request is for itself; that takes it as long as a twentieth of a whole post, so it is asked only where it may be.
    /// Routes that find out by themselves who asks are left to that.
    /// </summary>
    /// <param name="app">The process.</param>
    /// <param name="signInPaths">What the paths that a sign-in server answers have in them.</param>
    public static void UseAuthenticationApartFrom(this WebApplication app, IReadOnlyList<string> signInPaths)
    {
        var parts = SearchValues.Create([.. signInPaths], StringComparison.OrdinalIgnoreCase);
        var schemes = new WithoutSignIn(app.Services.GetRequiredService<IOptions<AuthenticationOptions>>());
        app.UseWhen(IsForSignIn, all => all.UseAuthentication());
        app.UseWhen(context => !IsForSignIn(context) && !OwnAuthentication.IsOf(context), most => most.UseMiddleware<AuthenticationMiddleware>(schemes));

        bool IsForSignIn(HttpContext context) => context.Request.Path.Value.AsSpan().ContainsAny(parts);
    }

    /// <summary>The schemes, of which none takes a request for itself.</summary>
    sealed class WithoutSignIn(IOptions<AuthenticationOptions> options) : AuthenticationSchemeProvider(options)
    {
        public override Task<IEnumerable<AuthenticationScheme>> GetRequestHandlerSchemesAsync() => Task.FromResult<IEnumerable<AuthenticationScheme>>([]);
    }
}
