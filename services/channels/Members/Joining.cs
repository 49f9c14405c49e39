using ChatGenius.Channels.Access;
using ChatGenius.Channels.Feeds;
using ChatGenius.Channels.KnownUsers;
using ChatGenius.Channels.Roles;

namespace ChatGenius.Channels.Members;

/// <summary>Brings users into channels, themselves or by invitation, and changes the roles of those who are there. Idempotent. Thread-safe.</summary>
internal sealed class Joining(Database<ChannelsContext> database, ChannelAccess access, ActiveUsers users, TimeProvider time)
{
    /// <param name="asker">Who asks.</param>
    /// <param name="channelId">Where.</param>
    /// <param name="userId">Whose membership it is.</param>
    /// <param name="role">Null keeps the role of a member, and makes a new one a <c>member</c>.</param>
    /// <param name="cancellation">Gives up before the commit.</param>
    public async Task<ChangedMembership> PutAsync(Asker asker, Guid channelId, Guid userId, string? role, CancellationToken cancellation)
    {
        if (role is not null && RoleMatrix.Of(role) == Standing.Outsider)
            throw ProblemException.Field("role", "is owner, moderator or member");
        await RequireKnownAsync(asker, channelId, userId, cancellation);
        return await access.ChangeAsync(asker, channelId, [userId], async (tx, entered) =>
        {
            var membership = await tx.Db.Memberships.SingleOrDefaultAsync(m => m.ChannelId == channelId && m.UserId == userId, cancellation);
            if (membership is { Left: false })
                await ChangeRoleAsync(tx, entered, membership, role, cancellation);
            else
                membership = Add(tx, entered, membership, userId, role);
            return new ChangedMembership { Membership = membership.ToContract(), Members = tx.At(FeedName.Members(channelId)) };
        }, cancellation);
    }

    // Asked before the change, since asking may go to another service. Who is in the channel already is known.
    async Task RequireKnownAsync(Asker asker, Guid channelId, Guid userId, CancellationToken cancellation)
    {
        bool isKnown;
        await using (var db = database.Open())
        {
            await ChannelAccess.EnterAsync(db, asker, channelId, cancellation);
            isKnown = userId == asker.UserId || await db.Memberships.AnyAsync(m => m.ChannelId == channelId && m.UserId == userId && !m.Left, cancellation);
        }
        if (!isKnown)
            await users.RequireAsync([userId], cancellation);
    }

    async Task ChangeRoleAsync(FeedTransaction<ChannelsContext> tx, Entered entered, MembershipRow membership, string? role, CancellationToken cancellation)
    {
        if (role is null || role == membership.Role)
            return;
        access.Require(entered, Right.GiveRoles);
        if (await tx.Db.IsLastOwnerAsync(membership, cancellation))
            throw new ProblemException(ErrorCodes.LastOwner);
        membership.Role = role;
        tx.MembershipChanged(membership);
    }

    MembershipRow Add(FeedTransaction<ChannelsContext> tx, Entered entered, MembershipRow? membership, Guid userId, string? role)
    {
        var channel = entered.Channel;
        access.Require(entered, userId == entered.Asker.UserId ? Right.Join : Right.Invite);
        if (role is not (null or MemberRole.Member))
            access.Require(entered, Right.GiveRoles);
        if (channel.Archived)
            throw new ProblemException(ErrorCodes.ChannelArchived);
        // Whoever comes into an empty channel owns it, so that none with members is without an owner.
        var given = channel.MemberCount == 0 ? MemberRole.Owner : role ?? MemberRole.Member;
        var now = time.GetUtcNow();
        if (membership is null)
            tx.Db.Add(membership = new MembershipRow { ChannelId = channel.Id, UserId = userId, Role = given, JoinedAt = now });
        (membership.Role, membership.JoinedAt, membership.Left, membership.Hidden) = (given, now, false, false);
        channel.MemberCount++;
        tx.ChannelChanged(channel);
        tx.MembershipChanged(membership);
        return membership;
    }
}
