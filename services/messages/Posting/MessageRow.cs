using System.Data.Common;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatGenius.Messages.Posting;

/// <summary>A stored message. Times are UTC ticks; lists are JSON, since they are only ever read whole.</summary>
internal sealed class MessageRow
{
    public required Guid Id { get; init; }
    public required Guid ChannelId { get; init; }
    public required long Seq { get; init; }
    public required long Revision { get; set; }
    public required Guid AuthorId { get; init; }
    public required Guid ClientId { get; init; }

    /// <summary>SHA-256 of the body as it was posted: what a replay is compared with, since the text may have been edited.</summary>
    public required byte[] BodyHash { get; init; }
    public string? Text { get; set; }
    public Guid? ThreadId { get; init; }
    public int ReplyCount { get; set; }
    public long? LastReplyAt { get; set; }
    public required string Mentions { get; set; }
    public required string Reactions { get; set; }
    public bool Pinned { get; set; }
    public required long CreatedAt { get; init; }
    public long? EditedAt { get; set; }
    public bool Deleted { get; set; }

    /// <summary>The columns that <see cref="Read"/> reads, in its order.</summary>
    public const string Columns = "id, seq, revision, author_id, client_id, text, thread_id, reply_count, last_reply_at, mentions, reactions, pinned, created_at, edited_at, deleted";

    /// <summary>A row as hand-written SQL gives it; without the hash, which is read with those alone that a replay is compared with.</summary>
    /// <param name="row">The row.</param>
    /// <param name="first">Where its <see cref="Columns"/> begin.</param>
    /// <param name="channel">The channel.</param>
    public static MessageRow Read(DbDataReader row, int first, Guid channel) => new()
    {
        Id = row.GetGuid(first),
        ChannelId = channel,
        Seq = row.GetInt64(first + 1),
        Revision = row.GetInt64(first + 2),
        AuthorId = row.GetGuid(first + 3),
        ClientId = row.GetGuid(first + 4),
        BodyHash = [],
        Text = row.IsDBNull(first + 5) ? null : row.GetString(first + 5),
        ThreadId = row.IsDBNull(first + 6) ? null : row.GetGuid(first + 6),
        ReplyCount = row.GetInt32(first + 7),
        LastReplyAt = row.IsDBNull(first + 8) ? null : row.GetInt64(first + 8),
        Mentions = row.GetString(first + 9),
        Reactions = row.GetString(first + 10),
        Pinned = row.GetBoolean(first + 11),
        CreatedAt = row.GetInt64(first + 12),
        EditedAt = row.IsDBNull(first + 13) ? null : row.GetInt64(first + 13),
        Deleted = row.GetBoolean(first + 14),
    };

    public Message ToContract() => new()
    {
        Id = Id,
        ChannelId = ChannelId,
        Seq = Seq,
        Revision = Revision,
        AuthorId = AuthorId,
        ClientId = ClientId,
        Text = Text,
        ThreadId = ThreadId,
        ReplyCount = ReplyCount,
        LastReplyAt = Time(LastReplyAt),
        Mentions = MentionIds(),
        Reactions = Reactions == "[]" ? [] : JsonSerializer.Deserialize<Reaction[]>(Reactions, ContractsJson.Options)!,
        Pinned = Pinned,
        CreatedAt = new DateTimeOffset(CreatedAt, TimeSpan.Zero),
        EditedAt = Time(EditedAt),
        Deleted = Deleted,
    };

    public JsonElement ToItem() => ContractsJson.ToItem(ToContract());

    public Guid[] MentionIds() => Mentions == "[]" ? [] : JsonSerializer.Deserialize<Guid[]>(Mentions, ContractsJson.Options)!;

    static DateTimeOffset? Time(long? ticks) => ticks is { } t ? new DateTimeOffset(t, TimeSpan.Zero) : null;

    internal sealed class Table : IEntityTypeConfiguration<MessageRow>
    {
        public void Configure(EntityTypeBuilder<MessageRow> message)
        {
            message.ToTable("messages").HasKey(m => m.Id);
            message.Property(m => m.Id).HasColumnName("id").ValueGeneratedNever();
            message.Property(m => m.ChannelId).HasColumnName("channel_id");
            message.Property(m => m.Seq).HasColumnName("seq");
            message.Property(m => m.Revision).HasColumnName("revision");
            message.Property(m => m.AuthorId).HasColumnName("author_id");
            message.Property(m => m.ClientId).HasColumnName("client_id");
            message.Property(m => m.BodyHash).HasColumnName("body_hash").HasMaxLength(32);
            message.Property(m => m.Text).HasColumnName("text").HasMaxLength(Limits.TextLength * 2);
            message.Property(m => m.ThreadId).HasColumnName("thread_id");
            message.Property(m => m.ReplyCount).HasColumnName("reply_count");
            message.Property(m => m.LastReplyAt).HasColumnName("last_reply_at");
            message.Property(m => m.Mentions).HasColumnName("mentions");
            message.Property(m => m.Reactions).HasColumnName("reactions");
            message.Property(m => m.Pinned).HasColumnName("pinned");
            message.Property(m => m.CreatedAt).HasColumnName("created_at");
            message.Property(m => m.EditedAt).HasColumnName("edited_at");
            message.Property(m => m.Deleted).HasColumnName("deleted");
            message.HasIndex(m => new { m.AuthorId, m.ClientId }).IsUnique();
            message.HasIndex(m => new { m.ChannelId, m.Seq }).IsUnique();
            message.HasIndex(m => new { m.ChannelId, m.Revision }).IsUnique();
            message.HasIndex(m => new { m.ThreadId, m.Seq }).HasFilter("thread_id IS NOT NULL");
        }
    }
}
