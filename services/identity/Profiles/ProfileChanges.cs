using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatGenius.Identity.Profiles;

/// <summary>Changes the caller's own profile.</summary>
internal static class ProfileChanges
{
    /// <summary><c>PATCH /api/v1/users/me</c></summary>
    public static async Task<Ok<User>> PatchAsync(Body<ChangeProfile> body, ClaimsPrincipal caller, FeedWriter<IdentityContext> feeds, CancellationToken cancellation)
    {
        var (displayName, statusText) = (body.Value.DisplayName?.Trim(), body.Value.StatusText);
        if (displayName is not null && ProfileText.DisplayNameFault(displayName) is { } nameFault)
            throw ProblemException.Field("displayName", nameFault);
        if (statusText is not null && ProfileText.StatusTextFault(statusText) is { } statusFault)
            throw ProblemException.Field("statusText", statusFault);
        var id = caller.UserId();
        return TypedResults.Ok(await feeds.WriteAsync([FeedName.Users], async feed =>
        {
            var profile = await feed.Db.Profiles.FirstOrDefaultAsync(p => p.Id == id, cancellation) ?? throw new ProblemException(ErrorCodes.NotFound);
            if ((displayName ?? profile.DisplayName) == profile.DisplayName && (statusText ?? profile.StatusText) == profile.StatusText)
                return profile.ToUser();
            profile.DisplayName = displayName ?? profile.DisplayName;
            profile.StatusText = statusText ?? profile.StatusText;
            profile.IndexForSearch();
            profile.Revision = feed.NextRevision(FeedName.Users);
            feed.Changed(FeedName.Users, profile.ToUser());
            return profile.ToUser();
        }, cancellation));
    }
}
