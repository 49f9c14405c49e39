using System.Security.Claims;
using ChatGenius.Channels.Access;
using ChatGenius.Channels.Feeds;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatGenius.Channels.Browsing;

internal static class BrowseRoutes
{
    /// <summary>In the order of ids, which no rename changes: paging neither skips nor repeats a channel.</summary>
    public static async Task<Ok<Page<Channel>>> ListAsync(
        string? query, string? limit, string? cursor, ClaimsPrincipal caller, Database<ChannelsContext> database, CancellationToken cancellation)
    {
        var size = Paging.Limit(limit);
        await using var db = database.Open();
        var channels = ChannelAccess.Visible(db, Asker.Of(caller));
        if (!string.IsNullOrWhiteSpace(query))
        {
            JsonText.Check(query, "query");
            var part = ChannelText.NameKey(query.Trim());
            channels = channels.Where(c => c.NameKey != null && c.NameKey.Contains(part));
        }
        if (IdCursor.Read(cursor) is { } after)
            channels = channels.Where(c => c.Id > after);
        var rows = await channels.OrderBy(c => c.Id).Take(size + 1).ToListAsync(cancellation);
        return TypedResults.Ok(new Page<Channel>
        {
            Items = [.. rows.Take(size).Select(c => c.ToContract())],
            Next = rows.Count > size ? IdCursor.Write(rows[size - 1].Id) : null,
        });
    }

    public static async Task<Ok<Channel>> GetAsync(EntityId channel, ClaimsPrincipal caller, Database<ChannelsContext> database, CancellationToken cancellation)
    {
        return TypedResults.Ok(await database.ReadAsync(async db =>
        {
            var entered = await ChannelAccess.EnterAsync(db, Asker.Of(caller), channel, cancellation);
            var head = await db.MembersHeadAsync(channel, cancellation);
            return entered.Channel.ToContract() with { Feed = new Position { Feed = FeedName.Members(channel).ToString(), Epoch = head.Epoch, Revision = head.Revision } };
        }, cancellation));
    }
}
