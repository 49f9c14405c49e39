using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatGenius.Identity.Tickets;

/// <summary>Sells tickets that open a connection of the hub, for clients that cannot send a header, and takes each of them once in the whole deployment. Thread-safe.</summary>
internal sealed class TicketDesk(Database<IdentityContext> database, TokenMeters meters, TimeProvider time) : ITickets
{
    const int Seconds = 30;
    const int Bytes = 32;

    /// <summary><c>POST /api/v1/realtime/ticket</c></summary>
    public static async Task<Ok<RealtimeTicket>> PostAsync(ClaimsPrincipal caller, TicketDesk desk, CancellationToken cancellation) =>
        TypedResults.Ok(new RealtimeTicket { Ticket = await desk.SellAsync(caller, cancellation), ExpiresIn = Seconds });

    /// <summary><c>POST /internal/identity/tickets/redeem</c></summary>
    public static async Task<Results<Ok<TicketIdentity>, NotFound>> PostRedeemAsync(TicketRequest request, ITickets tickets, CancellationToken cancellation) =>
        await tickets.RedeemAsync(request, cancellation) is { } identity ? TypedResults.Ok(identity) : TypedResults.NotFound();

    public async Task<TicketIdentity?> RedeemAsync(TicketRequest request, CancellationToken cancellation)
    {
        var (hash, now) = (Hash(request.Ticket), time.GetUtcNow().UtcTicks);
        var ticket = request.Consume ? await ConsumeAsync(hash, now, cancellation) : await LookAsync(hash, now, cancellation);
        if (ticket is not null && request.Consume)
            meters.TicketUsed();
        return ticket is null ? null : new TicketIdentity
        {
            UserId = ticket.UserId,
            SessionId = ticket.SessionId,
            TokenExpiresAt = new DateTimeOffset(ticket.TokenExpiresAt, TimeSpan.Zero),
        };
    }

    async Task<string> SellAsync(ClaimsPrincipal caller, CancellationToken cancellation)
    {
        var ticket = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        var row = new TicketRow
        {
            Hash = Hash(ticket),
            UserId = caller.UserId(),
            SessionId = caller.SessionId(),
            TokenExpiresAt = caller.TokenExpiry().UtcTicks,
            ExpiresAt = time.GetUtcNow().AddSeconds(Seconds).UtcTicks,
        };
        await database.WriteAsync((db, _) =>
        {
            db.Add(row);
            return db.SaveChangesAsync(cancellation);
        }, cancellation);
        meters.TicketSold();
        return ticket;
    }

    async Task<TicketRow?> LookAsync(string hash, long now, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db.Tickets.FirstOrDefaultAsync(t => t.Hash == hash && t.ExpiresAt > now, cancellation);
    }

    // Whoever deletes the row has the ticket; everyone else deletes nothing.
    Task<TicketRow?> ConsumeAsync(string hash, long now, CancellationToken cancellation) => database.WriteAsync(async (db, _) =>
    {
        var ticket = await db.Tickets.FirstOrDefaultAsync(t => t.Hash == hash && t.ExpiresAt > now, cancellation);
        return ticket is not null && await db.Tickets.Where(t => t.Hash == hash).ExecuteDeleteAsync(cancellation) == 1 ? ticket : null;
    }, cancellation);

    static string Hash(string ticket) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ticket)));
}
