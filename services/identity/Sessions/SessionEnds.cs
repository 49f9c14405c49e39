using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatGenius.Identity.Sessions;

/// <summary>Tells which sessions have ended.</summary>
internal sealed class SessionEnds(Database<IdentityContext> database, TimeProvider time) : ISessionEnds
{
    /// <summary><c>GET /internal/identity/sessions/ended?since=</c></summary>
    public static async Task<Ok<EndedSessions>> GetAsync(long since, ISessionEnds ends, CancellationToken cancellation) =>
        TypedResults.Ok(await ends.SinceAsync(since, cancellation));

    public Task<EndedSessions> SinceAsync(long number, CancellationToken cancellation) => database.ReadAsync(async db =>
    {
        var last = await db.Set<EndedSessionCounter>().Select(c => c.Last).SingleAsync(cancellation);
        // Whoever knows of more than there is knew a database that was lost: it is told everything.
        var since = number > last ? 0 : number;
        var now = time.GetUtcNow().UtcTicks;
        var rows = await db.EndedSessions.Where(s => s.Number > since && s.ForgetAt > now).OrderBy(s => s.Number).ToListAsync(cancellation);
        return new EndedSessions
        {
            Items = [.. rows.Select(s => new EndedSession { Number = s.Number, SessionId = s.SessionId, ForgetAt = new DateTimeOffset(s.ForgetAt, TimeSpan.Zero) })],
        };
    }, cancellation);
}
