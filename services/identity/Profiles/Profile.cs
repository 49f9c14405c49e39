using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatGenius.Identity.Profiles;

/// <summary>What others see of a user; an entity of the <c>users</c> feed, so it changes under that feed's lock only.</summary>
internal sealed class Profile
{
    const int SearchLength = Limits.UsernameLength + 1 + (2 * Limits.DisplayNameLength);

    public required Guid Id { get; init; }
    public required string Username { get; init; }
    public required string DisplayName { get; set; }
    public string StatusText { get; set; } = "";
    public bool Active { get; set; } = true;

    /// <summary>May deactivate others. Said in access tokens, not in the public profile.</summary>
    public bool Administrator { get; set; }
    public required long Revision { get; set; }

    /// <summary>The user name, a line feed, and the display name, in lower case.</summary>
    public string Search { get; private set; } = "";

    public void IndexForSearch() => Search = $"{Username}\n{DisplayName}".ToLowerInvariant();

    public User ToUser() => new() { Id = Id, Username = Username, DisplayName = DisplayName, StatusText = StatusText, Active = Active, Revision = Revision };

    internal sealed class Configuration : IEntityTypeConfiguration<Profile>
    {
        public void Configure(EntityTypeBuilder<Profile> profile)
        {
            profile.ToTable("profiles").HasKey(p => p.Id);
            profile.Property(p => p.Id).ValueGeneratedNever();
            profile.Property(p => p.Username).HasMaxLength(Limits.UsernameLength);
            profile.Property(p => p.DisplayName).HasMaxLength(2 * Limits.DisplayNameLength);
            profile.Property(p => p.StatusText).HasMaxLength(2 * Limits.StatusTextLength);
            profile.Property(p => p.Search).HasMaxLength(SearchLength);
            profile.HasIndex(p => p.Revision).IsUnique();
            profile.HasIndex(p => p.Search);
        }
    }
}
