namespace ChatGenius.Channels.KnownUsers;

/// <summary>Who may be added to channels.</summary>
internal sealed class ActiveUsers(Database<ChannelsContext> database, FeedFollower<ChannelsContext, UsersReplica> follower)
{
    /// <summary>Refuses unless all of them exist and are active. Whom the copy does not know so is looked for with the owner once.</summary>
    /// <exception cref="ProblemException"><c>not_found</c>; <c>unavailable</c> when the identity service would have to be asked and is away.</exception>
    public async Task RequireAsync(IReadOnlyCollection<Guid> users, CancellationToken cancellation)
    {
        if (await FirstMissingAsync(users, cancellation) is null)
            return;
        if (!await follower.RefreshAsync(FeedName.Users, cancellation))
            throw new ProblemException(ErrorCodes.Unavailable, "Whether the users exist cannot be asked; the identity service is away.");
        if (await FirstMissingAsync(users, cancellation) is { } missing)
            throw new ProblemException(ErrorCodes.NotFound, $"There is no active user {missing:D}.");
    }

    async Task<Guid?> FirstMissingAsync(IReadOnlyCollection<Guid> users, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var known = await db.KnownUsers.Where(u => users.Contains(u.Id) && u.Active).Select(u => u.Id).ToListAsync(cancellation);
        return users.Except(known).Select(u => (Guid?)u).FirstOrDefault();
    }
}
