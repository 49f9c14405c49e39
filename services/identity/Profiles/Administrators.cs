namespace ChatGenius.Identity.Profiles;

/// <summary>Makes users administrators, or takes it from them. Thread-safe.</summary>
internal sealed partial class Administrators(FeedWriter<IdentityContext> feeds, ILogger<Administrators> logger)
{
    /// <summary>Sets it; access tokens say it from their next renewal on. It is no part of the public profile, so the feed does not move.</summary>
    /// <exception cref="ProblemException"><c>not_found</c>; <c>forbidden</c> when nobody would be left.</exception>
    public async Task SetAsync(Guid userId, bool administrator, CancellationToken cancellation)
    {
        await feeds.WriteAsync([FeedName.Users], async feed =>
        {
            var profile = await feed.Db.Profiles.SingleOrDefaultAsync(p => p.Id == userId, cancellation) ?? throw new ProblemException(ErrorCodes.NotFound);
            if (!administrator && !await feed.Db.Profiles.AnyAsync(p => p.Id != userId && p.Administrator && p.Active, cancellation))
                throw new ProblemException(ErrorCodes.Forbidden, "The deployment would be left without an administrator; make somebody else one first.");
            return profile.Administrator = administrator;
        }, cancellation);
        LogSet(userId, administrator);
    }

    [LoggerMessage(2003, LogLevel.Information, "The operator set {UserId} to administrator: {Administrator}.")]
    partial void LogSet(Guid userId, bool administrator);
}
