using ChatGenius.Identity.Profiles;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace ChatGenius.Identity.Accounts;

/// <summary>Registers users. Thread-safe.</summary>
internal sealed partial class Registration(
    FeedWriter<IdentityContext> feeds, Database<IdentityContext> database, IPasswordHasher<Account> hasher, ILookupNormalizer normalizer,
    IOptions<ChatGeniusSettings> settings, TimeProvider time, ILogger<Registration> logger)
{
    /// <summary><c>POST /api/v1/users</c></summary>
    public static async Task<Created<User>> PostAsync(Body<RegisterUser> body, Registration registration, CancellationToken cancellation)
    {
        var user = await registration.RegisterAsync(body.Value, cancellation);
        return TypedResults.Created($"/api/v1/users/{user.Id}", user);
    }

    /// <summary>Makes an account and its profile. The first of an empty deployment is its administrator, however many come at once.</summary>
    /// <exception cref="ProblemException"><c>invalid</c>, <c>username_taken</c>, <c>registration_closed</c>.</exception>
    public Task<User> RegisterAsync(RegisterUser request, CancellationToken cancellation) => RegisterAsync(request, settings.Value.Registration != "closed", cancellation);

    /// <inheritdoc cref="RegisterAsync(RegisterUser,CancellationToken)"/>
    /// <param name="request">Who.</param>
    /// <param name="open">False refuses everyone but the first.</param>
    /// <param name="cancellation">Gives up before the commit.</param>
    public async Task<User> RegisterAsync(RegisterUser request, bool open, CancellationToken cancellation)
    {
        Check(request);
        var name = normalizer.NormalizeName(request.Username);
        // Hashing is slow and the feed's row is everybody's: what can be refused at once is refused, and the hash is made before the row is locked.
        await using (var db = database.Open())
            await RefuseAsync(db, name, open, cancellation);
        var account = NewAccount(request, name);
        var (user, first) = await feeds.WriteAsync([FeedName.Users], async feed =>
        {
            var first = await RefuseAsync(feed.Db, name, open, cancellation);
            var profile = new Profile
            {
                Id = account.Id,
                Username = request.Username,
                DisplayName = request.DisplayName?.Trim() ?? request.Username,
                Administrator = first,
                Revision = feed.NextRevision(FeedName.Users),
            };
            profile.IndexForSearch();
            feed.Db.AddRange(account, profile);
            feed.Changed(FeedName.Users, profile.ToUser());
            return (profile.ToUser(), first);
        }, cancellation);
        if (first)
            LogFirst(user.Id);
        return user;
    }

    // True when this is the first user there is.
    async Task<bool> RefuseAsync(IdentityContext db, string name, bool open, CancellationToken cancellation)
    {
        var empty = !await db.Accounts.AnyAsync(cancellation);
        if (!empty && !open)
            throw new ProblemException(ErrorCodes.RegistrationClosed);
        if (await db.Accounts.AnyAsync(a => a.NormalizedUserName == name, cancellation))
            throw new ProblemException(ErrorCodes.UsernameTaken);
        return empty;
    }

    Account NewAccount(RegisterUser request, string name)
    {
        var account = new Account
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            UserName = request.Username,
            NormalizedUserName = name,
            Email = request.Email,
            LockoutEnabled = true,
            SecurityStamp = Guid.CreateVersion7().ToString("N"),
            ConcurrencyStamp = Guid.CreateVersion7().ToString("N"),
        };
        account.PasswordHash = hasher.HashPassword(account, request.Password);
        return account;
    }

    static void Check(RegisterUser request)
    {
        var errors = new Dictionary<string, string[]>();
        Add("username", Usernames.Fault(request.Username));
        Add("password", Passwords.Fault(request.Password));
        Add("displayName", request.DisplayName is { } displayName ? ProfileText.DisplayNameFault(displayName) : null);
        Add("email", request.Email is { } email ? Emails.Fault(email) : null);
        if (errors.Count > 0)
            throw new ProblemException(ErrorCodes.Invalid, string.Join("; ", errors.Select(e => $"{e.Key} {e.Value[0]}")) + ".", errors);

        void Add(string field, string? fault)
        {
            if (fault is not null)
                errors[field] = [fault];
        }
    }

    [LoggerMessage(2001, LogLevel.Information, "User {UserId} is the first of this deployment, and its administrator.")]
    partial void LogFirst(Guid userId);
}
