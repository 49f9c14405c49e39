using ChatGenius.Channels.Roles;

namespace ChatGenius.Channels.Access;

/// <summary>
/// Decides who may see a channel and what they may do in it; nothing else reads a channel for a caller. What one may not know of is <c>not_found</c>; what one may see
/// but not do is <c>not_a_member</c> or <c>forbidden</c>. What only an administrator's standing allowed is logged. Thread-safe.
/// </summary>
internal sealed partial class ChannelAccess(Database<ChannelsContext> database, FeedWriter<ChannelsContext> writer, ILogger<ChannelAccess> logger)
{
    /// <summary>The channel, if the asker may see it.</summary>
    /// <exception cref="ProblemException"><c>not_found</c>.</exception>
    public static async Task<Entered> EnterAsync(ChannelsContext db, Asker asker, Guid channelId, CancellationToken cancellation)
    {
        var channel = await db.Channels.SingleOrDefaultAsync(c => c.Id == channelId, cancellation) ?? throw new ProblemException(ErrorCodes.NotFound);
        var own = await db.Memberships.SingleOrDefaultAsync(m => m.ChannelId == channelId && m.UserId == asker.UserId, cancellation);
        var entered = new Entered(channel, own, asker);
        return RoleMatrix.Allows(channel.Kind, entered.Standing, Right.See) ? entered : throw new ProblemException(ErrorCodes.NotFound);
    }

    /// <summary>The channels that the asker may see.</summary>
    public static IQueryable<ChannelRow> Visible(ChannelsContext db, Asker asker) => db.Channels.Where(c =>
        c.Kind == ChannelKind.Public || db.Memberships.Any(m => m.ChannelId == c.Id && m.UserId == asker.UserId && !m.Left));

    /// <summary>Refuses unless the asker has the right.</summary>
    /// <exception cref="ProblemException"><c>not_a_member</c> or <c>forbidden</c>.</exception>
    public void Require(Entered entered, Right right)
    {
        var kind = entered.Channel.Kind;
        if (!RoleMatrix.Allows(kind, entered.Standing, right))
            throw new ProblemException(entered.Standing == Standing.Outsider ? ErrorCodes.NotAMember : ErrorCodes.Forbidden);
        if (!RoleMatrix.Allows(kind, entered.OwnStanding, right))
            LogAdministrator(entered.Asker.UserId, right, entered.Channel.Id);
    }

    /// <summary>Changes a channel or memberships of it, in one transaction that holds its members feed and the channel lists of the users whose membership may change.</summary>
    /// <exception cref="ProblemException"><c>not_found</c> when the asker may not see it, and what the body throws.</exception>
    public async Task<T> ChangeAsync<T>(Asker asker, Guid channelId, IReadOnlyCollection<Guid> users,
        Func<FeedTransaction<ChannelsContext>, Entered, Task<T>> body, CancellationToken cancellation)
    {
        // Asked before, too: locking makes rows of feeds, and there are to be none for channels that do not exist.
        await using (var db = database.Open())
            await EnterAsync(db, asker, channelId, cancellation);
        return await writer.WriteAsync([FeedName.Members(channelId), .. users.Select(FeedName.UserChannels)],
            async tx => await body(tx, await EnterAsync(tx.Db, asker, channelId, cancellation)), cancellation);
    }

    [LoggerMessage(3001, LogLevel.Information, "Administrator {UserId} used {Right} in channel {ChannelId}.")]
    partial void LogAdministrator(Guid userId, Right right, Guid channelId);
}
