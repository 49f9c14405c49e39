using ChatGenius.Identity.Keys;
using ChatGenius.Identity.Sessions;
using Microsoft.AspNetCore.OpenApi;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace ChatGenius.Identity.SigningIn;

internal static class SigningInRegistration
{
    /// <summary>Adds OpenIddict with its stores, the endpoints of <c>/connect</c> and discovery, and the keys.</summary>
    public static IHostApplicationBuilder AddSigningIn(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<KeySettings>().Bind(builder.Configuration.GetSection("ChatGenius:Identity"));
        services.AddSingleton<KeyRing>();
        services.AddSingleton<ISigningKeys>(s => s.GetRequiredService<KeyRing>());
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>>(s => s.GetRequiredService<KeyRing>());
        services.AddSingleton<IOptionsChangeTokenSource<OpenIddictServerOptions>>(s => s.GetRequiredService<KeyRing>());
        services.AddHostedService<KeyRotation>();
        services.AddSingleton<IDatabaseSeed<IdentityContext>, FirstPartyClient>();
        services.AddScoped<PasswordCheck>();
        services.AddScoped<TokenEndpoint>();
        services.AddSingleton<SignInLimit>();
        services.AddOptions<OpenIddictServerOptions>().Configure<IOptions<ChatGeniusSettings>>((server, settings) => server.Apply(settings.Value));
        services.Configure<OpenApiOptions>("v1", api => api.AddDocumentTransformer<SignInDescription>());
        services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<IdentityContext>())
            .AddServer(server =>
            {
                server.AllowPasswordFlow().AllowRefreshTokenFlow().DisableAccessTokenEncryption().RegisterScopes(Scopes.Profile);
                server.UseAspNetCore().EnableTokenEndpointPassthrough().EnableUserInfoEndpointPassthrough().DisableTransportSecurityRequirement();
                server.AddEventHandler(PublicIssuer.InTokens).AddEventHandler(PublicIssuer.InDiscovery);
                server.AddEventHandler(ReadableForm.OfTokenRequests).AddEventHandler(ReadableForm.OfRevocationRequests);
                server.AddEventHandler(PlainErrors.OfTokenRequests).AddEventHandler(PlainErrors.OfRevocationRequests);
                server.AddEventHandler(TokenCount.Descriptor);
                server.AddEventHandler(BearerEntries.Left).AddEventHandler(BearerEntries.Missed);
                server.AddEventHandler(RefreshReuse.Descriptor);
                server.RemoveEventHandler(OpenIddictServerHandlers.Revocation.RevokeToken.Descriptor).AddEventHandler(Revocation.Descriptor);
            });
        return builder;
    }

    static void Apply(this OpenIddictServerOptions server, ChatGeniusSettings settings)
    {
        server.Issuer = new Uri(settings.PublicUrl);
        server.AccessTokenLifetime = server.IdentityTokenLifetime = settings.AccessTokenLifetime;
        server.RefreshTokenLifetime = settings.RefreshTokenLifetime;
        server.RefreshTokenReuseLeeway = settings.RefreshTokenLeeway > TimeSpan.Zero ? settings.RefreshTokenLeeway : null;
        Serve(server.TokenEndpointUris, "connect/token");
        Serve(server.RevocationEndpointUris, "connect/revoke");
        Serve(server.UserInfoEndpointUris, "connect/userinfo");
        Serve(server.JsonWebKeySetEndpointUris, ".well-known/jwks");
        server.ConfigurationEndpointUris.Clear();
        server.ConfigurationEndpointUris.Add(new Uri(".well-known/openid-configuration", UriKind.Relative));

        // The first is what discovery publishes, whatever host a request came by; the second is what requests are matched with.
        void Serve(List<Uri> uris, string path)
        {
            uris.Clear();
            uris.Add(new Uri($"{settings.PublicUrl}/{path}"));
            uris.Add(new Uri(path, UriKind.Relative));
        }
    }
}
