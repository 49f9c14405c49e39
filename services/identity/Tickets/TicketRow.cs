using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatGenius.Identity.Tickets;

/// <summary>A ticket that was sold and not used yet. Times are UTC ticks.</summary>
internal sealed class TicketRow
{
    /// <summary>SHA-256 of the ticket, in hexadecimal: who reads the database cannot use what is in it.</summary>
    public required string Hash { get; init; }
    public required Guid UserId { get; init; }
    public required string SessionId { get; init; }
    public required long TokenExpiresAt { get; init; }
    public required long ExpiresAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<TicketRow>
    {
        public void Configure(EntityTypeBuilder<TicketRow> ticket)
        {
            ticket.ToTable("tickets").HasKey(t => t.Hash);
            ticket.Property(t => t.Hash).HasMaxLength(64);
            ticket.Property(t => t.SessionId).HasMaxLength(64);
            ticket.HasIndex(t => t.ExpiresAt);
            ticket.HasIndex(t => t.SessionId);
        }
    }
}
