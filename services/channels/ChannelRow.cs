using ChatGenius.Contracts.Edge;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatGenius.Channels;

/// <summary>A channel as it is stored. Only changed under the lock of its members feed.</summary>
internal sealed class ChannelRow
{
    public required Guid Id { get; init; }
    public required string Kind { get; init; }
    public required string Name { get; set; }

    /// <summary>The name as it is compared; null for direct channels, which have none.</summary>
    public string? NameKey { get; set; }

    /// <summary>Who a direct channel is between; null for others.</summary>
    public string? DirectKey { get; init; }
    public required string Topic { get; set; }
    public bool Archived { get; set; }
    public required Guid CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public int MemberCount { get; set; }

    /// <summary>In the members feed.</summary>
    public long Revision { get; set; }

    public bool IsDirect => Kind == ChannelKind.Direct;

    public Channel ToContract() => new()
    {
        Id = Id,
        Kind = Kind,
        Name = Name,
        Topic = Topic,
        Archived = Archived,
        CreatedBy = CreatedBy,
        CreatedAt = CreatedAt,
        MemberCount = MemberCount,
        Revision = Revision,
    };

    internal sealed class Configuration : IEntityTypeConfiguration<ChannelRow>
    {
        public void Configure(EntityTypeBuilder<ChannelRow> channel)
        {
            channel.ToTable("channels").HasKey(c => c.Id);
            channel.Property(c => c.Id).HasColumnName("id").ValueGeneratedNever();
            channel.Property(c => c.Kind).HasColumnName("kind").HasMaxLength(16);
            // A code point takes one or two characters.
            channel.Property(c => c.Name).HasColumnName("name").HasMaxLength(2 * Limits.ChannelNameLength);
            channel.Property(c => c.NameKey).HasColumnName("name_key").HasMaxLength(2 * Limits.ChannelNameLength);
            channel.Property(c => c.DirectKey).HasColumnName("direct_key").HasMaxLength(64);
            channel.Property(c => c.Topic).HasColumnName("topic").HasMaxLength(2 * Limits.TopicLength);
            channel.Property(c => c.Archived).HasColumnName("archived");
            channel.Property(c => c.CreatedBy).HasColumnName("created_by");
            channel.Property(c => c.CreatedAt).HasColumnName("created_at").HasConversion(UtcTicks.Converter);
            channel.Property(c => c.MemberCount).HasColumnName("member_count");
            channel.Property(c => c.Revision).HasColumnName("revision");
            channel.HasIndex(c => c.NameKey).IsUnique();
            channel.HasIndex(c => c.DirectKey).IsUnique();
        }
    }
}
