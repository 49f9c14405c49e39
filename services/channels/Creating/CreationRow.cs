using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatGenius.Channels.Creating;

/// <summary>What a call that brought a <c>clientId</c> created or opened, so that its replay gets the same. Written under the lock of its author's feed of channels.</summary>
internal sealed class CreationRow
{
    public required Guid AuthorId { get; init; }
    public required Guid ClientId { get; init; }
    public required Guid ChannelId { get; init; }

    /// <summary><see cref="NewChannel.Hash"/> of the call.</summary>
    public required string BodyHash { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<CreationRow>
    {
        public void Configure(EntityTypeBuilder<CreationRow> creation)
        {
            creation.ToTable("creations").HasKey(c => new { c.AuthorId, c.ClientId });
            creation.Property(c => c.AuthorId).HasColumnName("author_id");
            creation.Property(c => c.ClientId).HasColumnName("client_id");
            creation.Property(c => c.ChannelId).HasColumnName("channel_id");
            creation.Property(c => c.BodyHash).HasColumnName("body_hash").HasMaxLength(64);
        }
    }
}
