using Microsoft.AspNetCore.Authentication;

namespace ChatGenius.Hosting.Auth;

internal static class AuthRegistration
{
    /// <summary>Adds the schemes and policies. Whatever the identity module does not provide in this process is asked for over HTTP.</summary>
    public static void AddChatGeniusAuth(this IServiceCollection services)
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
            .SetFallbackPolicy(UserPolicy());
        services.TryAddSingleton<HttpIdentityService>();
        services.TryAddSingleton<ISigningKeys>(s => s.GetRequiredService<HttpIdentityService>());
        services.TryAddSingleton<ITickets>(s => s.GetRequiredService<HttpIdentityService>());
        services.TryAddSingleton<ISessionEnds>(s => s.GetRequiredService<HttpIdentityService>());
        services.AddSingleton<TokenMeters>();
        services.AddSingleton<AccessTokenValidator>();
        services.AddSingleton<EndedSessionWatch>();
        services.AddHostedService(s => s.GetRequiredService<EndedSessionWatch>());
    }

    // For routes that name no policy. It authenticates by itself, since a gateway does not.
    static Microsoft.AspNetCore.Authorization.AuthorizationPolicy UserPolicy() =>
        new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder(BearerHandler.Name).RequireClaim("sub").Build();
}
