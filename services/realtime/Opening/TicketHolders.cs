using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using ChatGenius.Hosting.Auth;

namespace ChatGenius.Realtime.Opening;

/// <summary>Which connection of this instance holds which consumed ticket. Thread-safe.</summary>
internal sealed class TicketHolders(ITickets tickets, EndedSessionWatch sessions)
{
    // By connection token, which SignalR makes and nobody can guess.
    readonly ConcurrentDictionary<string, (string TicketHash, TicketIdentity Identity)> _held = new(StringComparer.Ordinal);

    /// <summary>Whom a ticket speaks for in this request, whose session may have ended since; null when it is unknown, too old, or used by another connection.</summary>
    /// <param name="ticket">The ticket as sent.</param>
    /// <param name="negotiates">True for a negotiation, which does not consume it.</param>
    /// <param name="connectionToken">The <c>id</c> of the request; empty for a connection that was not negotiated.</param>
    /// <param name="cancellation">Ends the question to the identity service.</param>
    public async Task<TicketIdentity?> RedeemAsync(string ticket, bool negotiates, string connectionToken, CancellationToken cancellation)
    {
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(ticket)));
        if (_held.TryGetValue(connectionToken, out var held) && held.TicketHash == hash)
            return held.Identity;
        var identity = await tickets.RedeemAsync(new TicketRequest { Ticket = ticket, Consume = !negotiates }, cancellation);
        if (identity is not null && !negotiates && connectionToken.Length > 0)
            _held[connectionToken] = (hash, identity);
        return identity;
    }

    /// <summary>True when the session of a ticket has ended.</summary>
    public bool HasEnded(TicketIdentity identity) => sessions.HasEnded(identity.SessionId);

    /// <summary>True when a connection holds one.</summary>
    public bool Holds(string connectionToken) => _held.ContainsKey(connectionToken);

    /// <summary>Lets go of the ticket of a connection that ended, or never was.</summary>
    public void Release(string connectionToken) => _held.TryRemove(connectionToken, out _);
}
