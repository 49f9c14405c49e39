using ChatGenius.Messages.Membership;
using ChatGenius.Messages.Posting;
using Microsoft.EntityFrameworkCore.Storage;

namespace ChatGenius.Messages.History;

/// <summary>Reads pages of history, each in one snapshot with the feed's head and the members position. Thread-safe.</summary>
internal sealed class HistoryReader(Database<MessagesContext> database, Members members)
{
    public Task<MessagePage> PageAsync(Guid channel, Guid caller, PageQuery query, CancellationToken cancellation) => ReadAsync(channel, caller, async (messages, token) =>
    {
        if (query.Before is { } before)
            return await LatestAsync(messages.Where(m => m.Seq < before), query.Limit, token);
        if (query.After is { } after)
            return await messages.Where(m => m.Seq > after).OrderBy(m => m.Seq).Take(query.Limit).ToListAsync(token);
        if (query.Thread is { } thread)
            return await LatestAsync(messages.Where(m => m.ThreadId == thread), query.Limit, token);
        if (query.Around is not { } around)
            return await LatestAsync(messages, query.Limit, token);
        var older = await LatestAsync(messages.Where(m => m.Seq < around), query.Limit / 2, token);
        return [.. older, .. await messages.Where(m => m.Seq >= around).OrderBy(m => m.Seq).Take(query.Limit - older.Count).ToListAsync(token)];
    }, cancellation);

    /// <summary>Reads messages of a channel that the caller is a member of.</summary>
    public async Task<MessagePage> ReadAsync(Guid channel, Guid caller, Func<IQueryable<MessageRow>, CancellationToken, Task<List<MessageRow>>> read, CancellationToken cancellation)
    {
        for (var verified = false; ; verified = true)
        {
            var (page, standing) = await database.ReadAsync(async db =>
            {
                var feed = FeedName.Messages(channel).ToString();
                var (epoch, head) = (0L, 0L);
                var statements = new Statements(DbContextTransactionExtensions.GetDbTransaction(db.Database.CurrentTransaction!));
                var standings = Standings.Ask(statements, [(channel, caller)]);
                statements.Ask(_ => "SELECT epoch FROM feed_owner", row => epoch = row.GetInt64(0));
                statements.Ask(command => $"SELECT head FROM feeds WHERE {command.In("id", [feed])}", row => head = row.GetInt64(0));
                await statements.RunAsync(cancellation);
                var standing = standings((channel, caller));
                var stands = new Position { Feed = feed, Epoch = epoch, Revision = head };
                return (standing.IsMember ? await ReadAsync(db, channel, caller, stands, standing.Fence, read, cancellation) : null, standing);
            }, cancellation);
            if (page is not null)
                return page;
            if (verified)
                throw standing.Refusal();
            await members.VerifyAsync(channel, cancellation);
        }
    }

    static async Task<MessagePage> ReadAsync(MessagesContext db, Guid channel, Guid caller, Position stands, Fence fence,
        Func<IQueryable<MessageRow>, CancellationToken, Task<List<MessageRow>>> read, CancellationToken cancellation)
    {
        var rows = await read(db.Messages.Where(m => m.ChannelId == channel), cancellation);
        var ids = rows.Where(m => m.Reactions != "[]").Select(m => m.Id).ToList();
        var mine = ids.Count == 0 ? [] : await db.Reactions.Where(r => r.UserId == caller && ids.Contains(r.MessageId)).OrderBy(r => r.MadeAt).ToListAsync(cancellation);
        return new MessagePage
        {
            Items = [.. rows.Select(m => m.ToContract())],
            Mine = mine.GroupBy(r => r.MessageId).ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Select(r => r.Emoji)]),
            Feed = stands,
            Fence = fence,
        };
    }

    static async Task<List<MessageRow>> LatestAsync(IQueryable<MessageRow> messages, int limit, CancellationToken cancellation)
    {
        var latest = await messages.OrderByDescending(m => m.Seq).Take(limit).ToListAsync(cancellation);
        latest.Reverse();
        return latest;
    }
}
