using System.Data.Common;
using ChatGenius.Messages.Membership;
using ChatGenius.Messages.Posting;

namespace ChatGenius.Messages.History;

/// <summary>
/// Reads pages of history. Each is one statement, which is a snapshot by itself: the messages, what the caller put on them, the feed's head and the caller's standing with the members position. Thread-safe.
/// </summary>
internal sealed class HistoryReader(Database<MessagesContext> database, Members members)
{
    // No emoji has it.
    const char Separator = '\n';

    /// <summary>Reads a page, in seq order.</summary>
    public Task<MessagePage> PageAsync(Guid channel, Guid caller, PageQuery query, CancellationToken cancellation) => ReadAsync(channel, caller, (command, all) =>
    {
        var limit = command.Parameter((long)query.Limit);
        if (query.Before is { } before)
            return Latest($"{all} AND seq < {command.Parameter(before)}", limit);
        if (query.After is { } after)
            return Earliest($"{all} AND seq > {command.Parameter(after)}", limit);
        if (query.Thread is { } thread)
            return Latest($"{all} AND thread_id = {command.Parameter(thread)}", limit);
        if (query.Around is not { } seq)
            return Latest(all, limit);
        var around = command.Parameter(seq);
        var older = Latest($"{all} AND seq < {around}", command.Parameter((long)(query.Limit / 2)));
        return Earliest($"SELECT * FROM (SELECT * FROM ({older}) older UNION ALL SELECT * FROM ({Earliest($"{all} AND seq >= {around}", limit)}) newer) near", limit);
    }, cancellation);

    /// <summary>Reads one message.</summary>
    /// <exception cref="ProblemException"><c>not_found</c>.</exception>
    public async Task<MessageItem> OneAsync(Guid channel, Guid caller, Guid id, CancellationToken cancellation)
    {
        var page = await ReadAsync(channel, caller, (command, all) => $"{all} AND id = {command.Parameter(id)}", cancellation);
        return page.Items is [var message]
            ? new MessageItem { Item = message, Mine = page.Mine.GetValueOrDefault(id) ?? [], Feed = page.Feed, Fence = page.Fence }
            : throw new ProblemException(ErrorCodes.NotFound);
    }

    static string Latest(string messages, string limit) => $"{messages} ORDER BY seq DESC LIMIT {limit}";

    static string Earliest(string messages, string limit) => $"{messages} ORDER BY seq LIMIT {limit}";

    async Task<MessagePage> ReadAsync(Guid channel, Guid caller, Func<DbCommand, string, string> wanted, CancellationToken cancellation)
    {
        for (var verified = false; ; verified = true)
        {
            var read = new Reading(channel);
            await database.QueryAsync(command => Statement(command, channel, caller, wanted), read.Take, cancellation);
            if (read.Standing is { IsMember: true } standing)
                return new MessagePage { Items = read.Items, Mine = read.Mine, Feed = read.Feed!, Fence = standing.Fence };
            if (verified)
                throw read.Standing!.Refusal();
            await members.VerifyAsync(channel, cancellation);
        }
    }

    // One row for each message of the page, or one without a message.
    static string Statement(DbCommand command, Guid channel, Guid caller, Func<DbCommand, string, string> wanted)
    {
        var (inChannel, of) = (command.Parameter(channel), command.Parameter(caller));
        return $"""
            WITH page AS ({wanted(command, $"SELECT {MessageRow.Columns} FROM messages WHERE channel_id = {inChannel}")})
            SELECT (SELECT epoch FROM feed_owner), (SELECT head FROM feeds WHERE id = {command.Parameter(FeedName.Messages(channel).ToString())}),
                {Standings.Columns},
                CASE WHEN p.reactions <> '[]' THEN
                    (SELECT string_agg(r.emoji, {command.Parameter(Separator.ToString())} ORDER BY r.made_at) FROM reactions r WHERE r.message_id = p.id AND r.user_id = {of})
                END, p.*
            FROM (SELECT 1) one
            {Standings.Joined(command.Parameter(FeedName.Members(channel).ToString()), inChannel, of)}
            LEFT JOIN page p ON s.role IS NOT NULL
            ORDER BY p.seq
            """;
    }

    /// <summary>What the statement's rows say.</summary>
    sealed class Reading(Guid channel)
    {
        const int FirstOfMessage = 8;

        public List<Message> Items { get; } = [];
        public Dictionary<Guid, IReadOnlyList<string>> Mine { get; } = [];
        public Position? Feed { get; private set; }
        public Standing? Standing { get; private set; }

        public void Take(DbDataReader row)
        {
            Feed ??= new Position { Feed = FeedName.Messages(channel).ToString(), Epoch = row.GetInt64(0), Revision = row.IsDBNull(1) ? 0 : row.GetInt64(1) };
            Standing ??= Standings.Read(row, 2);
            if (row.IsDBNull(FirstOfMessage))
                return;
            var message = MessageRow.Read(row, FirstOfMessage, channel).ToContract();
            Items.Add(message);
            if (!row.IsDBNull(FirstOfMessage - 1))
                Mine[message.Id] = row.GetString(FirstOfMessage - 1).Split(Separator);
        }
    }
}
