using System.Security.Claims;
using ChatGenius.Hosting.Problems;

namespace ChatGenius.Hosting.Requests;

/// <summary>A user's id in a path, where <c>me</c> stands for the caller.</summary>
public readonly record struct UserRef(Guid? Id)
{
    /// <summary>What ASP.NET calls to bind a route value; what is no id is bound as nobody, who is not found.</summary>
    public static bool TryParse(string? text, out UserRef user)
    {
        user = new UserRef(text == "me" ? null : Guid.TryParseExact(text, "D", out var id) ? id : Guid.Empty);
        return true;
    }

    /// <summary>The id, with <c>me</c> resolved.</summary>
    public Guid Resolve(ClaimsPrincipal caller) => Id is null ? caller.UserId() : Id.Value == Guid.Empty ? throw new ProblemException(ErrorCodes.NotFound) : Id.Value;
}

/// <summary>Another entity's id in a path; what is no id is not found, which is what an unknown one is, too.</summary>
public readonly record struct EntityId(Guid Value)
{
    /// <summary>What ASP.NET calls to bind a route value.</summary>
    public static bool TryParse(string? text, out EntityId id)
    {
        id = new EntityId(Guid.TryParseExact(text, "D", out var guid) ? guid : Guid.Empty);
        return true;
    }

    public static implicit operator Guid(EntityId id) => id.Value;

    /// <inheritdoc cref="Value"/>
    public Guid ToGuid() => Value;
}

/// <summary>The caller, as the access token says.</summary>
public static class Caller
{
    /// <summary>The caller's user id.</summary>
    public static Guid UserId(this ClaimsPrincipal caller) => Guid.Parse(caller.FindFirstValue("sub")!);

    /// <summary>The caller's session.</summary>
    public static string SessionId(this ClaimsPrincipal caller) => caller.FindFirstValue("sid")!;

    /// <summary>When the caller's token expires.</summary>
    public static DateTimeOffset TokenExpiry(this ClaimsPrincipal caller) =>
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(caller.FindFirstValue("exp")!, System.Globalization.CultureInfo.InvariantCulture));
}
