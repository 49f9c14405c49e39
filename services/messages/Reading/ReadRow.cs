using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatGenius.Messages.Reading;

/// <summary>How far a user has read in a channel; an entity of <c>users/{id}/reads</c>.</summary>
internal sealed class ReadRow
{
    public required Guid UserId { get; init; }
    public required Guid ChannelId { get; init; }
    public long Seq { get; set; }

    /// <summary>How many messages beyond <see cref="Seq"/> mention the user.</summary>
    public int Mentions { get; set; }
    public long Revision { get; set; }

    public ReadPosition ToContract() => new() { ChannelId = ChannelId, Seq = Seq, Mentions = Mentions, Revision = Revision };

    internal sealed class Table : IEntityTypeConfiguration<ReadRow>
    {
        public void Configure(EntityTypeBuilder<ReadRow> read)
        {
            read.ToTable("reads").HasKey(r => new { r.UserId, r.ChannelId });
            read.Property(r => r.UserId).HasColumnName("user_id");
            read.Property(r => r.ChannelId).HasColumnName("channel_id");
            read.Property(r => r.Seq).HasColumnName("seq");
            read.Property(r => r.Mentions).HasColumnName("mentions");
            read.Property(r => r.Revision).HasColumnName("revision");
            // No index of the revision, which every post changes: a user's rows are few, and found by the key.
            read.HasStorageParameter("fillfactor", 50);
        }
    }
}

/// <summary>That a message mentions a member.</summary>
internal sealed class MentionRow
{
    public required Guid UserId { get; init; }
    public required Guid ChannelId { get; init; }
    public required long Seq { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<MentionRow>
    {
        public void Configure(EntityTypeBuilder<MentionRow> mention)
        {
            mention.ToTable("mentions").HasKey(m => new { m.UserId, m.ChannelId, m.Seq });
            mention.Property(m => m.UserId).HasColumnName("user_id");
            mention.Property(m => m.ChannelId).HasColumnName("channel_id");
            mention.Property(m => m.Seq).HasColumnName("seq");
        }
    }
}
