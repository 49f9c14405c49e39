using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatGenius.Channels.KnownUsers;

/// <summary>What this service keeps of a user, from the <c>users</c> feed.</summary>
internal sealed class KnownUserRow
{
    public required Guid Id { get; init; }
    public required bool Active { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<KnownUserRow>
    {
        public void Configure(EntityTypeBuilder<KnownUserRow> user)
        {
            user.ToTable("known_users").HasKey(u => u.Id);
            user.Property(u => u.Id).HasColumnName("id").ValueGeneratedNever();
            user.Property(u => u.Active).HasColumnName("active");
        }
    }
}
