using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace ChatGenius.Hosting.Auth;

internal static class AuthRegistration
{
    /// <summary>Adds the schemes and policies. Whatever the identity module does not provide in this process is asked for over HTTP.</summary>
    /// <param name="services">The process's services.</param>
    /// <param name="authenticates">False for a process in which nobody is authenticated: a route that names no policy is then closed to everyone, and no other request costs a look at its token.</param>
    public static void AddChatGeniusAuth(this IServiceCollection services, bool authenticates)
    {
        services.AddAuthentication(BearerHandler.Name)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.Name, null)
            .AddScheme<AuthenticationSchemeOptions, ServiceKeyHandler>(ServiceKeyHandler.Name, null);
        services.AddAuthorizationBuilder()
            // Those without a scheme take whom the default one has authenticated already; to name it would authenticate each request twice.
            .AddPolicy(AuthPolicies.User, p => p.RequireClaim("sub"))
            .AddPolicy(AuthPolicies.Administrator, p => p.RequireClaim("sub").RequireClaim("role", "admin"))
            .AddPolicy(AuthPolicies.Service, p => p.AddAuthenticationSchemes(ServiceKeyHandler.Name).RequireClaim("service"))
            .SetDefaultPolicy(UserPolicy())
            .SetFallbackPolicy(authenticates ? UserPolicy() : new AuthorizationPolicyBuilder().RequireClaim("sub").Build());
        services.TryAddSingleton<HttpIdentityService>();
        services.TryAddSingleton<ISigningKeys>(s => s.GetRequiredService<HttpIdentityService>());
        services.TryAddSingleton<ITickets>(s => s.GetRequiredService<HttpIdentityService>());
        services.TryAddSingleton<ISessionEnds>(s => s.GetRequiredService<HttpIdentityService>());
        services.AddSingleton<TokenMeters>();
        services.AddSingleton<AccessTokenValidator>();
        services.AddSingleton<EndedSessionWatch>();
        services.AddHostedService(s => s.GetRequiredService<EndedSessionWatch>());
    }

    // For routes that name no policy.
    static AuthorizationPolicy UserPolicy() => new AuthorizationPolicyBuilder(BearerHandler.Name).RequireClaim("sub").Build();
}
