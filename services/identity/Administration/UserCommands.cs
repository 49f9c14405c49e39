using ChatGenius.Hosting.Administration;
using ChatGenius.Identity.Accounts;
using ChatGenius.Identity.Profiles;
using ChatGenius.Identity.Sessions;
using Microsoft.AspNetCore.Identity;

namespace ChatGenius.Identity.Administration;

/// <summary>What an operator may do with accounts on the command line.</summary>
internal static class UserCommands
{
    public static IReadOnlyList<AdminCommand> All { get; } =
    [
        new("user list", "", "list all accounts", ListAsync),
        new("user create", "NAME [--display-name=TEXT] [--email=ADDRESS] [--admin]", "make an account, also where registration is closed; asks for a password", CreateAsync),
        new("user disable", "NAME", "deactivate an account and end its sessions", (s, call, c) => SetActiveAsync(s, call, false, c)),
        new("user enable", "NAME", "let a deactivated account sign in again", (s, call, c) => SetActiveAsync(s, call, true, c)),
        new("user reset-password", "NAME", "set a password anew, lift a lockout and end all sessions; asks for the password", ResetPasswordAsync),
        new("user end-sessions", "NAME", "sign an account out everywhere", EndSessionsAsync),
        new("user make-admin", "NAME", "make somebody an administrator of the deployment", (s, call, c) => SetAdministratorAsync(s, call, true, c)),
        new("user remove-admin", "NAME", "take that from them", (s, call, c) => SetAdministratorAsync(s, call, false, c)),
    ];

    static async Task ListAsync(IServiceProvider services, AdminCall call, CancellationToken cancellation)
    {
        await using var db = services.GetRequiredService<Database<IdentityContext>>().Open();
        await call.Output.WriteLineAsync($"{"ID",-36}  {"STATE",-8}  {"ROLE",-5}  NAME");
        await foreach (var user in db.Profiles.OrderBy(p => p.Search).Select(p => new { p.Id, p.Active, p.Administrator, p.Username, p.DisplayName }).AsAsyncEnumerable().WithCancellation(cancellation))
            await call.Output.WriteLineAsync($"{user.Id:D}  {(user.Active ? "active" : "disabled"),-8}  {(user.Administrator ? "admin" : ""),-5}  {user.Username}{(user.DisplayName == user.Username ? "" : $" ({user.DisplayName})")}");
    }

    static async Task CreateAsync(IServiceProvider services, AdminCall call, CancellationToken cancellation)
    {
        var request = new RegisterUser { Username = call[0], Password = call.AskSecret($"Password of {call[0]}"), DisplayName = call.Value("--display-name"), Email = call.Value("--email") };
        var user = await services.GetRequiredService<Registration>().RegisterAsync(request, open: true, cancellation);
        if (call.Has("--admin"))
            await services.GetRequiredService<Administrators>().SetAsync(user.Id, true, cancellation);
        await call.Output.WriteLineAsync($"{user.Username} is {user.Id:D}.");
    }

    static async Task SetActiveAsync(IServiceProvider services, AdminCall call, bool active, CancellationToken cancellation)
    {
        await services.GetRequiredService<Deactivation>().SetAsync(await IdAsync(services, call[0], cancellation), active, by: null, cancellation);
        await call.Output.WriteLineAsync(active ? $"{call[0]} may sign in again." : $"{call[0]} is deactivated and signed out everywhere.");
    }

    static async Task ResetPasswordAsync(IServiceProvider services, AdminCall call, CancellationToken cancellation)
    {
        var id = await IdAsync(services, call[0], cancellation);
        await services.GetRequiredService<PasswordReset>().SetAsync(id, call.AskSecret($"New password of {call[0]}"), cancellation);
        await call.Output.WriteLineAsync($"The password of {call[0]} is set; all sessions have ended.");
    }

    static async Task EndSessionsAsync(IServiceProvider services, AdminCall call, CancellationToken cancellation)
    {
        await services.GetRequiredService<SessionEnder>().EndAllAsync(await IdAsync(services, call[0], cancellation), "the operator ended them", cancellation);
        await call.Output.WriteLineAsync($"{call[0]} is signed out everywhere.");
    }

    static async Task SetAdministratorAsync(IServiceProvider services, AdminCall call, bool administrator, CancellationToken cancellation)
    {
        await services.GetRequiredService<Administrators>().SetAsync(await IdAsync(services, call[0], cancellation), administrator, cancellation);
        await call.Output.WriteLineAsync($"{call[0]} is {(administrator ? "an administrator" : "no administrator any more")}; a client learns of it when its access token is renewed.");
    }

    static async Task<Guid> IdAsync(IServiceProvider services, string name, CancellationToken cancellation)
    {
        var normal = services.GetRequiredService<ILookupNormalizer>().NormalizeName(name);
        await using var db = services.GetRequiredService<Database<IdentityContext>>().Open();
        return await db.Accounts.Where(a => a.NormalizedUserName == normal).Select(a => (Guid?)a.Id).SingleOrDefaultAsync(cancellation)
            ?? throw new AdminException($"There is no account {name}; `user list` shows them all.");
    }
}
