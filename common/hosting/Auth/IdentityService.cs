using Microsoft.IdentityModel.Tokens;

namespace ChatGenius.Hosting.Auth;

/// <summary>The keys that access tokens are signed with. Thread-safe.</summary>
public interface ISigningKeys
{
    /// <summary>The public keys, from what is held; empty when none could be had yet.</summary>
    ValueTask<IReadOnlyList<SecurityKey>> GetAsync(CancellationToken cancellation);

    /// <summary>The public keys, asked for anew because a token names one that is not held.</summary>
    /// <exception cref="HttpRequestException">The identity service is away.</exception>
    ValueTask<IReadOnlyList<SecurityKey>> RefreshAsync(CancellationToken cancellation);
}

/// <summary>Tickets for opening connections. Thread-safe.</summary>
public interface ITickets
{
    /// <summary>Looks at a ticket, or consumes it; null when it is unknown, too old or used.</summary>
    /// <exception cref="HttpRequestException">The identity service is away.</exception>
    Task<TicketIdentity?> RedeemAsync(TicketRequest request, CancellationToken cancellation);
}

/// <summary>Sessions that ended before their tokens did. Thread-safe.</summary>
public interface ISessionEnds
{
    /// <summary>What ended since the entry with this number; 0 for all that still matters.</summary>
    /// <exception cref="HttpRequestException">The identity service is away.</exception>
    Task<EndedSessions> SinceAsync(long number, CancellationToken cancellation);
}
