using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatGenius.Identity.Profiles;

/// <summary>Reads profiles.</summary>
internal static class ProfileReads
{
    /// <summary><c>GET /api/v1/users/{id}</c></summary>
    public static async Task<Ok<User>> GetAsync(UserRef id, ClaimsPrincipal caller, Database<IdentityContext> database, CancellationToken cancellation)
    {
        var wanted = id.Resolve(caller);
        return TypedResults.Ok(await database.ReadAsync(async db =>
        {
            var profile = await db.Profiles.FirstOrDefaultAsync(p => p.Id == wanted, cancellation) ?? throw new ProblemException(ErrorCodes.NotFound);
            return profile.ToUser() with { Feed = await UsersPosition.ReadAsync(db, cancellation) };
        }, cancellation));
    }

    /// <summary><c>GET /api/v1/users</c>: the users of <c>?ids=</c>, or those that match <c>?query=</c>, or everyone, in the order of user names.</summary>
    public static async Task<Ok<UserPage>> ListAsync(string[]? ids, string? query, string? cursor, string? limit, Database<IdentityContext> database, CancellationToken cancellation)
    {
        var wanted = ids is { Length: > 0 } ? Ids(ids) : null;
        var (count, after) = (wanted is null ? Paging.Limit(limit) : wanted.Count, UserCursor.Read(cursor));
        var pattern = query is { Length: > 0 } ? Pattern(query) : null;
        return TypedResults.Ok(await database.ReadAsync(async db =>
        {
            var feed = await UsersPosition.ReadAsync(db, cancellation);
            var profiles = await db.Profiles
                .Where(p => wanted == null || wanted.Contains(p.Id))
                .Where(p => pattern == null || EF.Functions.Like(p.Search, pattern, "\\"))
                .Where(p => after == null || p.Search.CompareTo(after) > 0)
                .OrderBy(p => p.Search).Take(count + 1).ToListAsync(cancellation);
            return new UserPage
            {
                Items = [.. profiles.Take(count).Select(p => p.ToUser())],
                Next = profiles.Count > count ? UserCursor.Write(profiles[count - 1].Search) : null,
                Feed = feed,
            };
        }, cancellation));
    }

    static List<Guid> Ids(string[] ids)
    {
        var parts = ids.SelectMany(i => i.Split(',', StringSplitOptions.RemoveEmptyEntries)).Distinct().ToList();
        if (parts.Count > Limits.PageMax)
            throw ProblemException.Field("ids", $"names more than {Limits.PageMax} users");
        return [.. parts.Select(p => Guid.TryParseExact(p, "D", out var id) ? id : throw ProblemException.Field("ids", "has something that is not an id"))];
    }

    static string Pattern(string query)
    {
        JsonText.Check(query, "query");
        if (JsonText.Length(query) > Limits.DisplayNameLength)
            throw ProblemException.Field("query", $"is longer than {Limits.DisplayNameLength} characters");
        var literal = query.ToLowerInvariant().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
        return $"%{literal}%";
    }
}
