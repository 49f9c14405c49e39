using ChatGenius.Identity.Sessions;
using Microsoft.AspNetCore.Identity;

namespace ChatGenius.Identity.Accounts;

/// <summary>Gives an account another password. Thread-safe.</summary>
internal sealed class PasswordReset(Database<IdentityContext> database, IPasswordHasher<Account> hasher, SessionEnder sessions)
{
    /// <summary>Sets the password, lifts a lockout, and ends every session: whoever knew the old one is out.</summary>
    /// <exception cref="ProblemException"><c>invalid</c>, <c>not_found</c>.</exception>
    public async Task SetAsync(Guid userId, string password, CancellationToken cancellation)
    {
        if (Passwords.Fault(password) is { } fault)
            throw ProblemException.Field("password", fault);
        await database.WriteAsync(async (db, _) =>
        {
            var account = await db.Accounts.AsTracking().SingleOrDefaultAsync(a => a.Id == userId, cancellation) ?? throw new ProblemException(ErrorCodes.NotFound);
            account.PasswordHash = hasher.HashPassword(account, password);
            account.SecurityStamp = Guid.CreateVersion7().ToString("N");
            account.ConcurrencyStamp = Guid.CreateVersion7().ToString("N");
            (account.AccessFailedCount, account.LockoutEnd) = (0, null);
            return await db.SaveChangesAsync(cancellation);
        }, cancellation);
        await sessions.EndAllAsync(userId, "the password was set anew", cancellation);
    }
}
