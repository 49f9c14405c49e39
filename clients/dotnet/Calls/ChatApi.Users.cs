using System.Text.Json;
using ChatGenius.Contracts;
using ChatGenius.Contracts.Edge;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Identity;

namespace ChatGenius.Client;

public sealed partial class ChatApi
{
    /// <summary>Registers; the first user of an empty deployment is its administrator. Needs no sign-in, and does not sign in.</summary>
    public Task<User> RegisterAsync(RegisterUser user, CancellationToken cancellation = default) => CallAsync<User>(HttpMethod.Post, "api/v1/users", user, cancellation);

    public Task<User> MeAsync(CancellationToken cancellation = default) => GetAsync<User>("api/v1/users/me", cancellation);

    public Task<User> UserAsync(Guid user, CancellationToken cancellation = default) => GetAsync<User>($"api/v1/users/{user}", cancellation);

    /// <summary>Profiles by id, at most 200; those that do not exist are left out.</summary>
    public Task<UserPage> UsersAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation = default) => GetAsync<UserPage>(Query("api/v1/users", ("ids", string.Join(',', ids))), cancellation);

    /// <summary>All profiles, or those with a part of user or display name; page after page.</summary>
    public IAsyncEnumerable<User> UsersAsync(string? query = null, CancellationToken cancellation = default) => PagesAsync(async cursor =>
    {
        var page = await GetAsync<UserPage>(Query("api/v1/users", ("query", query), ("limit", Limits.PageMax), ("cursor", cursor)), cancellation);
        return (page.Items, page.Next);
    }, cancellation);

    /// <summary>Changes one's own profile.</summary>
    public Task<User> ChangeProfileAsync(ChangeProfile change, CancellationToken cancellation = default) =>
        ChangeAsync<User>(FeedName.Users, HttpMethod.Patch, "api/v1/users/me", change, Item, cancellation);

    /// <summary>For administrators: deactivates an account, which ends its sessions, or brings it back.</summary>
    public Task<User> SetActiveAsync(Guid user, bool active, CancellationToken cancellation = default) =>
        ChangeAsync<User>(FeedName.Users, HttpMethod.Put, $"api/v1/users/{user}/active", new SetActive { Active = active }, Item, cancellation);

    static JsonElement Item(User user) => ContractsJson.ToItem(user with { Feed = null });
}
