using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatGenius.Messages.Membership;

/// <summary>The copy of a channel, as its members feed says.</summary>
internal sealed class ChannelCopy
{
    public required Guid Id { get; init; }
    public required string Kind { get; set; }
    public bool Archived { get; set; }

    /// <summary>The channel as the feed said it, whole.</summary>
    public required string Item { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<ChannelCopy>
    {
        public void Configure(EntityTypeBuilder<ChannelCopy> channel)
        {
            channel.ToTable("channel_copies").HasKey(c => c.Id);
            channel.Property(c => c.Id).HasColumnName("id").ValueGeneratedNever();
            channel.Property(c => c.Kind).HasColumnName("kind").HasMaxLength(16);
            channel.Property(c => c.Archived).HasColumnName("archived");
            channel.Property(c => c.Item).HasColumnName("item");
        }
    }
}

/// <summary>The copy of a membership, as the channel's members feed says.</summary>
internal sealed class MemberCopy
{
    public required Guid ChannelId { get; init; }
    public required Guid UserId { get; init; }
    public required string Role { get; set; }
    public bool Gone { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<MemberCopy>
    {
        public void Configure(EntityTypeBuilder<MemberCopy> member)
        {
            member.ToTable("member_copies").HasKey(m => new { m.ChannelId, m.UserId });
            member.Property(m => m.ChannelId).HasColumnName("channel_id");
            member.Property(m => m.UserId).HasColumnName("user_id");
            member.Property(m => m.Role).HasColumnName("role").HasMaxLength(16);
            member.Property(m => m.Gone).HasColumnName("gone");
        }
    }
}

/// <summary>The copy of a user's own view of a membership, as <c>users/{id}/channels</c> says.</summary>
internal sealed class MyChannelCopy
{
    public required Guid UserId { get; init; }
    public required Guid ChannelId { get; init; }
    public bool Gone { get; set; }
    public required string Item { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<MyChannelCopy>
    {
        public void Configure(EntityTypeBuilder<MyChannelCopy> mine)
        {
            mine.ToTable("my_channel_copies").HasKey(m => new { m.UserId, m.ChannelId });
            mine.Property(m => m.UserId).HasColumnName("user_id");
            mine.Property(m => m.ChannelId).HasColumnName("channel_id");
            mine.Property(m => m.Gone).HasColumnName("gone");
            mine.Property(m => m.Item).HasColumnName("item");
        }
    }
}
