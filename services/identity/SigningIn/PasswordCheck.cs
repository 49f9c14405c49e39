using ChatGenius.Identity.Accounts;
using ChatGenius.Identity.Profiles;
using Microsoft.AspNetCore.Identity;

namespace ChatGenius.Identity.SigningIn;

/// <summary>What became of an attempt to sign in.</summary>
internal enum SignInVerdict
{
    Right,
    Wrong,
    LockedOut,
    Deactivated,
}

/// <summary>
/// Checks user name and password, and counts wrong ones towards the lockout. An unknown name costs the same as a wrong password, and is answered the same;
/// that an account is deactivated is said to those who know its password only.
/// </summary>
internal sealed partial class PasswordCheck(UserManager<Account> accounts, IPasswordHasher<Account> hasher, IdentityContext db, ILogger<PasswordCheck> logger)
{
    const int CountAttempts = 5;
    static readonly Account s_nobody = new();

    /// <summary>The verdict, and the profile when it is <see cref="SignInVerdict.Right"/>.</summary>
    public async Task<(SignInVerdict Verdict, Profile? Profile)> CheckAsync(string username, string password, CancellationToken cancellation)
    {
        if (Usernames.Fault(username) is not null || await accounts.FindByNameAsync(username) is not { } account)
        {
            hasher.HashPassword(s_nobody, password);
            return (SignInVerdict.Wrong, null);
        }
        var right = await accounts.CheckPasswordAsync(account, password);
        if (await accounts.IsLockedOutAsync(account))
            return (SignInVerdict.LockedOut, null);
        if (!right)
            return (await CountAsync(account) ? SignInVerdict.LockedOut : SignInVerdict.Wrong, null);
        if (await db.Profiles.FirstOrDefaultAsync(p => p.Id == account.Id, cancellation) is not { Active: true } profile)
            return (SignInVerdict.Deactivated, null);
        if (account.AccessFailedCount > 0)
            await accounts.ResetAccessFailedCountAsync(account);
        return (SignInVerdict.Right, profile);
    }

    // True when this one locked the account. Attempts at the same moment each count: who loses the race for the row reads it again.
    async Task<bool> CountAsync(Account account)
    {
        for (var attempt = 0; attempt < CountAttempts && !(await accounts.AccessFailedAsync(account)).Succeeded; attempt++)
        {
            db.ChangeTracker.Clear();
            account = await accounts.FindByIdAsync(account.Id.ToString()) ?? account;
        }
        var locked = await accounts.IsLockedOutAsync(account);
        if (locked)
            LogLockedOut(account.Id);
        return locked;
    }

    [LoggerMessage(2301, LogLevel.Warning, "The account of {UserId} is locked for a while: too many wrong passwords.")]
    partial void LogLockedOut(Guid userId);
}
