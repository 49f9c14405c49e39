using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatGenius.Messages.Reactions;

/// <summary>One user's reaction with one emoji.</summary>
internal sealed class ReactionRow
{
    public required Guid MessageId { get; init; }
    public required string Emoji { get; init; }
    public required Guid UserId { get; init; }

    /// <summary>The feed revision at which it was made: what orders reactions.</summary>
    public required long MadeAt { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<ReactionRow>
    {
        public void Configure(EntityTypeBuilder<ReactionRow> reaction)
        {
            reaction.ToTable("reactions").HasKey(r => new { r.MessageId, r.Emoji, r.UserId });
            reaction.Property(r => r.MessageId).HasColumnName("message_id");
            reaction.Property(r => r.Emoji).HasColumnName("emoji").HasMaxLength(Limits.EmojiBytes);
            reaction.Property(r => r.UserId).HasColumnName("user_id");
            reaction.Property(r => r.MadeAt).HasColumnName("made_at");
        }
    }
}
