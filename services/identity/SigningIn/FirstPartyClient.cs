using ChatGenius.Identity.Keys;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace ChatGenius.Identity.SigningIn;

/// <summary>What must be there before anyone can sign in: the keys, and the public client <c>chatgenius</c>, which the product's own clients are.</summary>
internal sealed class FirstPartyClient(IServiceScopeFactory scopes, KeyRing keys) : IDatabaseSeed<IdentityContext>
{
    public const string ClientId = "chatgenius";

    public async Task RunAsync(CancellationToken cancellation)
    {
        keys.Load();
        var client = new OpenIddictApplicationDescriptor
        {
            ClientId = ClientId,
            ClientType = ClientTypes.Public,
            ConsentType = ConsentTypes.Implicit,
            DisplayName = "ChatGenius",
            Permissions =
            {
                Permissions.Endpoints.Token, Permissions.Endpoints.Revocation, Permissions.GrantTypes.Password, Permissions.GrantTypes.RefreshToken, Permissions.Scopes.Profile,
            },
        };
        try
        {
            await RegisterAsync(client, cancellation);
        }
        catch (Exception second) when (second is DbUpdateException or OpenIddictExceptions.ValidationException)
        {
            // Another instance registered it meanwhile: then there is nothing left to do.
            await RegisterAsync(client, cancellation);
        }
    }

    async Task RegisterAsync(OpenIddictApplicationDescriptor client, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var applications = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        if (await applications.FindByClientIdAsync(ClientId, cancellation) is not { } known)
            await applications.CreateAsync(client, cancellation);
        else if (!client.Permissions.SetEquals(await applications.GetPermissionsAsync(known, cancellation)))
            await applications.UpdateAsync(known, client, cancellation);
    }
}
