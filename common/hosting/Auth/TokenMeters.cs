using System.Diagnostics.Metrics;

namespace ChatGenius.Hosting.Auth;

/// <summary>What becomes of tokens, tickets and sessions, by event and code; never whose they are. Thread-safe.</summary>
public sealed class TokenMeters
{
    const string NoCode = "none";

    readonly Counter<long> _events;

    public TokenMeters(IMeterFactory factory) => _events = factory.Create("ChatGenius.Tokens")
        .CreateCounter<long>("chatgenius.token.events", "{event}", "What became of tokens, tickets and sessions, by event and code.");

    /// <summary>Someone signed in, and has tokens.</summary>
    public void Issued() => Count("issued", NoCode);

    /// <summary>A refresh token was exchanged for fresh tokens.</summary>
    public void Renewed() => Count("renewed", NoCode);

    /// <summary>A sign-in or a renewal was refused.</summary>
    /// <param name="code">One of OAuth's codes, or of <see cref="ErrorCodes"/>.</param>
    public void NotIssued(string code) => Count("not_issued", code);

    /// <summary>A request with an access token or a ticket was refused.</summary>
    /// <param name="code">One of <see cref="ErrorCodes"/>.</param>
    public void Refused(string code) => Count("refused", code);

    /// <summary>Sessions ended before their tokens did.</summary>
    public void Ended(int sessions) => Count("session_ended", NoCode, sessions);

    /// <summary>A connection of the hub took a fresh token.</summary>
    public void Swapped() => Count("swapped", NoCode);

    /// <summary>A ticket was sold.</summary>
    public void TicketSold() => Count("ticket_sold", NoCode);

    /// <summary>A ticket opened a connection.</summary>
    public void TicketUsed() => Count("ticket_used", NoCode);

    void Count(string happened, string code, int times = 1) => _events.Add(times, new KeyValuePair<string, object?>("event", happened), new("code", code));
}
