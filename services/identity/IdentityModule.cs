using ChatGenius.Hosting.Applications;
using ChatGenius.Hosting.Doctor;
using ChatGenius.Identity.Accounts;
using ChatGenius.Identity.Administration;
using ChatGenius.Identity.Keys;
using ChatGenius.Identity.Profiles;
using ChatGenius.Identity.Sessions;
using ChatGenius.Identity.SigningIn;
using ChatGenius.Identity.Tickets;

namespace ChatGenius.Identity;

/// <summary>The identity service as a module: accounts, sign-in, sessions, profiles and the <c>users</c> feed.</summary>
public static class IdentityModule
{
    const string Name = "identity";

    /// <summary>What the host composes and what runs alone.</summary>
    public static Module Module { get; } = new(Name, b => b.AddIdentity(), r => r.MapIdentity(), r => r.MapIdentityInternal())
    {
        Commands = UserCommands.All,
        SignInPaths = ["/connect/", "/.well-known/"],
    };

    /// <summary>Adds the service.</summary>
    public static IHostApplicationBuilder AddIdentity(this IHostApplicationBuilder builder)
    {
        builder.AddServiceDatabase<IdentityContext, SqliteIdentityContext, PostgresIdentityContext>(Name);
        builder.AddFeedOwner<IdentityContext>(Name);
        builder.AddFeedSource<IdentityContext, UserFeed>();
        builder.AddAccounts();
        builder.AddSigningIn();
        builder.AddSessions();
        builder.Services.AddSingleton<Deactivation>();
        builder.Services.AddSingleton<Administrators>();
        builder.Services.AddSingleton<ICheck, KeysCheck>();
        builder.AddDataFolderCheck();
        builder.Services.AddSingleton<TicketDesk>();
        builder.Services.AddSingleton<ITickets>(s => s.GetRequiredService<TicketDesk>());
        return builder;
    }

    /// <summary>Maps its public routes. OpenIddict itself answers <c>/connect/revoke</c> and <c>/.well-known/*</c>.</summary>
    public static IEndpointRouteBuilder MapIdentity(this IEndpointRouteBuilder routes)
    {
        var connect = routes.MapGroup("/connect").AllowAnonymous().WithTags("Sign-in");
        connect.MapPost("/token", TokenEndpoint.PostAsync).DisableAntiforgery().WithName("GetToken").WithSummary("Sign in with a password, or renew with a refresh token (OAuth 2).")
            .Accepts<TokenForm>("application/x-www-form-urlencoded").Produces<TokenAnswer>();
        connect.MapGet("/userinfo", UserInfoEndpoint.GetAsync).WithName("GetUserInfo").WithSummary("Who the access token speaks for (OpenID Connect).");

        routes.MapPost("/api/v1/users", Registration.PostAsync).WithName("RegisterUser").AllowAnonymous().WithTags("Users").WithSummary("Register. The first user is the deployment's administrator.");

        var users = routes.MapGroup("/api/v1/users").RequireAuthorization(AuthPolicies.User).WithTags("Users");
        users.MapGet("", ProfileReads.ListAsync).WithName("ListUsers").WithSummary("Users by ids, or by a part of their names, or all.");
        users.MapGet("/{id}", ProfileReads.GetAsync).WithName("GetUser").WithSummary("One user; me is the caller.");
        users.MapPatch("/me", ProfileChanges.PatchAsync).WithName("ChangeProfile").WithSummary("Change the caller's display name or status.");
        users.MapPut("/{id}/active", Deactivation.PutAsync).WithName("SetUserActive").WithSummary("Deactivate an account and end its sessions, or bring it back; for administrators.");

        routes.MapPost("/api/v1/realtime/ticket", TicketDesk.PostAsync).RequireAuthorization(AuthPolicies.User).WithTags("Realtime")
            .WithName("MakeTicket").WithSummary("A ticket that opens one connection of the hub within 30 seconds.");
        return routes;
    }

    static void MapIdentityInternal(this IEndpointRouteBuilder routes)
    {
        routes.MapFeedOwner(Name);
        var inside = routes.MapGroup("/internal/identity").RequireAuthorization(AuthPolicies.Service).ExcludeFromDescription();
        inside.MapPost("/tickets/redeem", TicketDesk.PostRedeemAsync);
        inside.MapGet("/sessions/ended", SessionEnds.GetAsync);
    }
}
