using System.Data.Common;
using ChatGenius.Identity.Tickets;
using OpenIddict.EntityFrameworkCore.Models;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace ChatGenius.Identity.Sessions;

/// <summary>
/// Ends sessions. A session is an authorization and everything issued under it: in one transaction the authorization and its refresh tokens are revoked, its tickets are dropped,
/// and the end gets its number, by which every service learns of it. Thread-safe.
/// </summary>
internal sealed partial class SessionEnder(Database<IdentityContext> database, IOptions<ChatGeniusSettings> settings, TokenMeters meters, TimeProvider time, ILogger<SessionEnder> logger)
{
    /// <summary>How much longer than its tokens the end of a session is remembered, for clocks that differ.</summary>
    static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <summary>Ends a session; one that has ended stays so.</summary>
    /// <param name="sessionId">The authorization's id.</param>
    /// <param name="cause">For the log: why.</param>
    /// <param name="cancellation">Gives up before the commit.</param>
    public async Task EndAsync(string sessionId, string cause, CancellationToken cancellation)
    {
        var ended = await database.WriteAsync((db, sql) => EndAsync(db, sql, [sessionId], cancellation), cancellation);
        meters.Ended(ended);
        if (ended > 0)
            LogEnded(sessionId, cause);
    }

    /// <summary>Ends every session of a user.</summary>
    public async Task EndAllAsync(Guid userId, string cause, CancellationToken cancellation)
    {
        var subject = userId.ToString("D");
        var ended = await database.WriteAsync(async (db, sql) =>
        {
            var sessions = await db.Set<OpenIddictEntityFrameworkCoreAuthorization>()
                .Where(a => a.Subject == subject && a.Status == Statuses.Valid).Select(a => a.Id!).ToListAsync(cancellation);
            return await EndAsync(db, sql, sessions, cancellation);
        }, cancellation);
        meters.Ended(ended);
        LogEndedAll(ended, userId, cause);
    }

    async Task<int> EndAsync(IdentityContext db, DbTransaction sql, List<string> sessions, CancellationToken cancellation)
    {
        // The counter's row is locked before anything is read: two that end the same session at once count it once.
        var last = await LockCounterAsync(sql, cancellation);
        var known = await db.EndedSessions.Where(s => sessions.Contains(s.SessionId)).Select(s => s.SessionId).ToListAsync(cancellation);
        var ending = sessions.Except(known).ToList();
        var forgetAt = (time.GetUtcNow() + settings.Value.AccessTokenLifetime + Margin).UtcTicks;
        db.AddRange(ending.Select((session, i) => new EndedSessionRow { Number = last + i + 1, SessionId = session, ForgetAt = forgetAt }));
        await db.SaveChangesAsync(cancellation);
        await sql.RunAsync("UPDATE ended_session_counter SET last = @p0", cancellation, last + ending.Count);
        await db.Set<OpenIddictEntityFrameworkCoreAuthorization>().Where(a => sessions.Contains(a.Id!))
            .ExecuteUpdateAsync(a => a.SetProperty(x => x.Status, Statuses.Revoked), cancellation);
        await db.Set<OpenIddictEntityFrameworkCoreToken>().Where(t => sessions.Contains(t.Authorization!.Id!))
            .ExecuteUpdateAsync(t => t.SetProperty(x => x.Status, Statuses.Revoked), cancellation);
        await db.Set<TicketRow>().Where(t => sessions.Contains(t.SessionId)).ExecuteDeleteAsync(cancellation);
        return ending.Count;
    }

    static async Task<long> LockCounterAsync(DbTransaction sql, CancellationToken cancellation)
    {
        await using var command = sql.Command("UPDATE ended_session_counter SET last = last RETURNING last");
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    [LoggerMessage(2101, LogLevel.Information, "Session {SessionId} has ended: {Cause}.")]
    partial void LogEnded(string sessionId, string cause);

    [LoggerMessage(2102, LogLevel.Information, "{Count} sessions of {UserId} have ended: {Cause}.")]
    partial void LogEndedAll(int count, Guid userId, string cause);
}
