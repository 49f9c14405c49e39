using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatGenius.Identity.Sessions;

/// <summary>A session that ended before its tokens expired.</summary>
internal sealed class EndedSessionRow
{
    /// <summary>Grows with each ended session, in the order of their commits.</summary>
    public required long Number { get; init; }
    public required string SessionId { get; init; }

    /// <summary>UTC ticks after which no access token of the session is valid any more.</summary>
    public required long ForgetAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<EndedSessionRow>
    {
        public void Configure(EntityTypeBuilder<EndedSessionRow> session)
        {
            session.ToTable("ended_sessions").HasKey(s => s.Number);
            session.Property(s => s.Number).ValueGeneratedNever();
            session.Property(s => s.SessionId).HasMaxLength(64);
            session.HasIndex(s => s.SessionId).IsUnique();
            session.HasIndex(s => s.ForgetAt);
        }
    }
}

/// <summary>
/// The last number given out, in the one row there is. Whoever ends a session holds this row until the commit, so numbers become visible in order:
/// a reader that saw one never later finds a smaller one.
/// </summary>
internal sealed class EndedSessionCounter
{
    public int Id { get; init; } = 1;
    public long Last { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<EndedSessionCounter>
    {
        public void Configure(EntityTypeBuilder<EndedSessionCounter> counter)
        {
            counter.ToTable("ended_session_counter").HasKey(c => c.Id);
            counter.Property(c => c.Id).ValueGeneratedNever();
            counter.HasData(new EndedSessionCounter());
        }
    }
}
