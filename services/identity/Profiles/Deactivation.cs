using System.Security.Claims;
using ChatGenius.Identity.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatGenius.Identity.Profiles;

/// <summary>Lets administrators deactivate accounts and bring them back.</summary>
internal sealed partial class Deactivation(FeedWriter<IdentityContext> feeds, SessionEnder sessions, ILogger<Deactivation> logger)
{
    /// <summary><c>PUT /api/v1/users/{id}/active</c></summary>
    public static async Task<Ok<User>> PutAsync(UserRef id, Body<SetActive> body, ClaimsPrincipal caller, Deactivation deactivation, CancellationToken cancellation) =>
        TypedResults.Ok(await deactivation.SetAsync(id.Resolve(caller), body.Value.Active, caller.UserId(), cancellation));

    /// <param name="id">Whose account it is.</param>
    /// <param name="active">Whether they may sign in.</param>
    /// <param name="by">The administrator; null for the operator, who has the machine itself.</param>
    /// <param name="cancellation">Gives up before the commit.</param>
    public async Task<User> SetAsync(Guid id, bool active, Guid? by, CancellationToken cancellation)
    {
        var user = await feeds.WriteAsync([FeedName.Users], async feed =>
        {
            var profile = await feed.Db.Profiles.FirstOrDefaultAsync(p => p.Id == id, cancellation) ?? throw new ProblemException(ErrorCodes.NotFound);
            if (by is not null && !await feed.Db.Profiles.AnyAsync(p => p.Id == by && p.Administrator && p.Active, cancellation))
                throw new ProblemException(ErrorCodes.Forbidden, "Only administrators may do this.");
            if (id == by && !active)
                throw new ProblemException(ErrorCodes.Forbidden, "You cannot deactivate yourself; another administrator can.");
            if (profile.Active != active)
            {
                profile.Active = active;
                profile.Revision = feed.NextRevision(FeedName.Users);
                feed.Changed(FeedName.Users, profile.ToUser());
            }
            return profile.ToUser();
        }, cancellation);
        LogSet(by ?? Guid.Empty, id, active);
        // After the commit: whoever signs in meanwhile either finds the account deactivated, or has a session that is ended here.
        if (!active)
            await sessions.EndAllAsync(id, "the account was deactivated", cancellation);
        return user;
    }

    [LoggerMessage(2002, LogLevel.Information, "Administrator {AdministratorId} set the account of {UserId} to active: {Active}.")]
    partial void LogSet(Guid administratorId, Guid userId, bool active);
}
