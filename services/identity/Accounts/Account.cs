using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatGenius.Identity.Accounts;

/// <summary>
/// What a user signs in with: name, password hash, lockout. What others see of the user is the <see cref="Profiles.Profile"/>, a row of its own,
/// so that counting wrong passwords never writes over a profile.
/// </summary>
internal sealed class Account : IdentityUser<Guid>
{
    internal sealed class Configuration : IEntityTypeConfiguration<Account>
    {
        const int HashLength = 256;
        const int StampLength = 64;

        public void Configure(EntityTypeBuilder<Account> account)
        {
            account.ToTable("accounts").HasKey(a => a.Id);
            account.Property(a => a.Id).ValueGeneratedNever();
            account.Property(a => a.UserName).HasMaxLength(Limits.UsernameLength).IsRequired();
            account.Property(a => a.NormalizedUserName).HasMaxLength(Limits.UsernameLength).IsRequired();
            account.Property(a => a.Email).HasMaxLength(Emails.MaxLength);
            account.Property(a => a.PasswordHash).HasMaxLength(HashLength);
            account.Property(a => a.SecurityStamp).HasMaxLength(StampLength);
            account.Property(a => a.ConcurrencyStamp).HasMaxLength(StampLength).IsConcurrencyToken();
            account.HasIndex(a => a.NormalizedUserName).IsUnique();
            account.Ignore(a => a.NormalizedEmail).Ignore(a => a.EmailConfirmed).Ignore(a => a.PhoneNumber).Ignore(a => a.PhoneNumberConfirmed).Ignore(a => a.TwoFactorEnabled);
        }
    }
}
