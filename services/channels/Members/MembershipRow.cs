using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatGenius.Channels.Members;

/// <summary>
/// A user's membership of a channel, with how the user keeps it; stays when the user leaves, and is used again when they come back. An entity of two feeds:
/// the channel's members, and the user's channels. Every change locks the second; what the members see of it also the first.
/// </summary>
internal sealed class MembershipRow
{
    public required Guid ChannelId { get; init; }
    public required Guid UserId { get; init; }
    public required string Role { get; set; }
    public required DateTimeOffset JoinedAt { get; set; }
    public bool Left { get; set; }

    /// <summary>In the members feed.</summary>
    public long Revision { get; set; }
    public bool Starred { get; set; }
    public bool Muted { get; set; }
    public bool Hidden { get; set; }
    public string Notify { get; set; } = NotifyWhen.All;

    /// <summary>In the user's feed of channels.</summary>
    public long UserRevision { get; set; }

    public Membership ToContract() => new() { ChannelId = ChannelId, UserId = UserId, Role = Role, JoinedAt = JoinedAt, Left = Left, Revision = Revision };

    public MyChannel ToMyChannel() => new()
    {
        ChannelId = ChannelId,
        Role = Role,
        Starred = Starred,
        Muted = Muted,
        Hidden = Hidden,
        Notify = Notify,
        Left = Left,
        Revision = UserRevision,
    };

    internal sealed class Configuration : IEntityTypeConfiguration<MembershipRow>
    {
        public void Configure(EntityTypeBuilder<MembershipRow> membership)
        {
            membership.ToTable("memberships").HasKey(m => new { m.ChannelId, m.UserId });
            membership.Property(m => m.ChannelId).HasColumnName("channel_id");
            membership.Property(m => m.UserId).HasColumnName("user_id");
            membership.Property(m => m.Role).HasColumnName("role").HasMaxLength(16);
            membership.Property(m => m.JoinedAt).HasColumnName("joined_at").HasConversion(UtcTicks.Converter);
            membership.Property(m => m.Left).HasColumnName("has_left");
            membership.Property(m => m.Revision).HasColumnName("revision");
            membership.Property(m => m.Starred).HasColumnName("starred");
            membership.Property(m => m.Muted).HasColumnName("muted");
            membership.Property(m => m.Hidden).HasColumnName("hidden");
            membership.Property(m => m.Notify).HasColumnName("notify").HasMaxLength(16);
            membership.Property(m => m.UserRevision).HasColumnName("user_revision");
            membership.HasOne<ChannelRow>().WithMany().HasForeignKey(m => m.ChannelId).OnDelete(DeleteBehavior.Restrict);
            membership.HasIndex(m => new { m.ChannelId, m.Revision });
            membership.HasIndex(m => new { m.UserId, m.UserRevision });
        }
    }
}
