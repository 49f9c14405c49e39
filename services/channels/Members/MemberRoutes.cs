using System.Security.Claims;
using ChatGenius.Channels.Access;
using ChatGenius.Channels.Feeds;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatGenius.Channels.Members;

internal static class MemberRoutes
{
    public static async Task<Ok<MembersPage>> ListAsync(
        EntityId channel, string? limit, string? cursor, ClaimsPrincipal caller, Database<ChannelsContext> database, CancellationToken cancellation)
    {
        var (size, after, id) = (Paging.Limit(limit), IdCursor.Read(cursor), channel.Value);
        return TypedResults.Ok(await database.ReadAsync(async db =>
        {
            await ChannelAccess.EnterAsync(db, Asker.Of(caller), id, cancellation);
            var head = await db.MembersHeadAsync(id, cancellation);
            var members = db.Memberships.Where(m => m.ChannelId == id && !m.Left);
            if (after is not null)
                members = members.Where(m => m.UserId > after);
            var rows = await members.OrderBy(m => m.UserId).Take(size + 1).ToListAsync(cancellation);
            return new MembersPage
            {
                Items = [.. rows.Take(size).Select(m => m.ToContract())],
                Next = rows.Count > size ? IdCursor.Write(rows[size - 1].UserId) : null,
                Feed = new Position { Feed = FeedName.Members(id).ToString(), Epoch = head.Epoch, Revision = head.Revision },
            };
        }, cancellation));
    }

    public static async Task<Ok<ChangedMembership>> PutAsync(
        EntityId channel, UserRef user, Body<PutMember>? body, ClaimsPrincipal caller, Joining joining, CancellationToken cancellation) =>
        TypedResults.Ok(await joining.PutAsync(Asker.Of(caller), channel, user.Resolve(caller), body?.Value.Role, cancellation));

    public static async Task<Ok<ChangedMembership>> DeleteAsync(
        EntityId channel, UserRef user, ClaimsPrincipal caller, Leaving leaving, CancellationToken cancellation) =>
        TypedResults.Ok(await leaving.DeleteAsync(Asker.Of(caller), channel, user.Resolve(caller), cancellation));
}
