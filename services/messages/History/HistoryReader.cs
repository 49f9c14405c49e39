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

    static readonly string s_noMessage = string.Join(", ", MessageRow.Columns.Split(',').Select(_ => "NULL"));

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
                return read.Page(standing);
            if (verified)
                throw read.Standing!.Refusal();
            await members.VerifyAsync(channel, cancellation);
        }
    }

    // One row for where the page was read and by whom, and one for each of its messages, which those who may not read get none of. The columns of the one are null in the other.
    static string Statement(DbCommand command, Guid channel, Guid caller, Func<DbCommand, string, string> wanted)
    {
        var (inChannel, of) = (command.Parameter(channel), command.Parameter(caller));
        return $"""
            SELECT (SELECT epoch FROM feed_owner), (SELECT head FROM feeds WHERE id = {command.Parameter(FeedName.Messages(channel).ToString())}), {Standings.Columns}, NULL, {s_noMessage}
            FROM (SELECT 1) one {Standings.Joined(command.Parameter(FeedName.Members(channel).ToString()), inChannel, of)}
            UNION ALL
            SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL,
                CASE WHEN p.reactions <> '[]' THEN
                    (SELECT string_agg(r.emoji, {command.Parameter(Separator.ToString())} ORDER BY r.made_at) FROM reactions r WHERE r.message_id = p.id AND r.user_id = {of})
                END, p.*
            FROM ({wanted(command, $"SELECT {MessageRow.Columns} FROM messages WHERE channel_id = {inChannel}")}) p
            WHERE EXISTS (SELECT 1 FROM member_copies s WHERE s.channel_id = {inChannel} AND s.user_id = {of} AND s.gone = false)
            """;
    }

    /// <summary>What the statement's rows say.</summary>
    sealed class Reading(Guid channel)
    {
        const int FirstOfMessage = 8;

        readonly List<Message> _items = [];
        readonly Dictionary<Guid, IReadOnlyList<string>> _mine = [];
        Position? _feed;

        public Standing? Standing { get; private set; }

        public MessagePage Page(Standing standing)
        {
            _items.Sort((one, other) => one.Seq.CompareTo(other.Seq));
            return new MessagePage { Items = _items, Mine = _mine, Feed = _feed!, Fence = standing.Fence };
        }

        public void Take(DbDataReader row)
        {
            if (row.IsDBNull(FirstOfMessage))
            {
                _feed = new Position { Feed = FeedName.Messages(channel).ToString(), Epoch = row.GetInt64(0), Revision = row.IsDBNull(1) ? 0 : row.GetInt64(1) };
                Standing = Standings.Read(row, 2);
                return;
            }
            var message = MessageRow.Read(row, FirstOfMessage, channel).ToContract();
            _items.Add(message);
            if (!row.IsDBNull(FirstOfMessage - 1))
                _mine[message.Id] = row.GetString(FirstOfMessage - 1).Split(Separator);
        }
    }
}
