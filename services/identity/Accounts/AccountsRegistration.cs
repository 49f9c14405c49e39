using Microsoft.AspNetCore.Identity;

namespace ChatGenius.Identity.Accounts;

internal static class AccountsRegistration
{
    /// <summary>Adds ASP.NET Core Identity's user store, password hashing and lockout.</summary>
    public static IHostApplicationBuilder AddAccounts(this IHostApplicationBuilder builder)
    {
        builder.Services.AddIdentityCore<Account>(identity =>
        {
            identity.User.AllowedUserNameCharacters = Usernames.AllowedCharacters;
            identity.Lockout.MaxFailedAccessAttempts = 5;
            identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
        }).AddEntityFrameworkStores<IdentityContext>();
        // These hold no state: registration, which is no part of a request's scope, uses them, too.
        builder.Services.AddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>();
        builder.Services.AddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>();
        builder.Services.AddSingleton<Registration>();
        builder.Services.AddSingleton<PasswordReset>();
        return builder;
    }
}
