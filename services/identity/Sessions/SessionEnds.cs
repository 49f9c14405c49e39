using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatGenius.Identity.Sessions;

/// <summary>Tells which sessions have ended.</summary>
internal sealed class SessionEnds(Database<IdentityContext> database, TimeProvider time) : ISessionEnds
{
    /// <summary><c>GET /internal/identity/sessions/ended?since=</c></summary>
    public static async Task<Ok<EndedSessions>> GetAsync(long since, ISessionEnds ends, CancellationToken cancellation) =>
        TypedResults.Ok(await ends.SinceAsync(since, cancellation));

    // Every process asks each second, so it is one statement: a snapshot by itself, in one way to the database and back.
    public async Task<EndedSessions> SinceAsync(long number, CancellationToken cancellation)
    {
        var ended = new List<EndedSession>();
        await database.QueryAsync(
            command =>
            {
                var (since, now) = (command.Parameter(number), command.Parameter(time.GetUtcNow().UtcTicks));
                // Whoever knows of more than there is knew a database that was lost: it is told everything.
                return $"""
                    SELECT number, session_id, forget_at FROM ended_sessions
                    WHERE number > (SELECT CASE WHEN {since} > last THEN 0 ELSE {since} END FROM ended_session_counter) AND forget_at > {now} ORDER BY number
                    """;
            },
            row => ended.Add(new EndedSession { Number = row.GetInt64(0), SessionId = row.GetString(1), ForgetAt = new DateTimeOffset(row.GetInt64(2), TimeSpan.Zero) }), cancellation);
        return new EndedSessions { Items = ended };
    }
}
