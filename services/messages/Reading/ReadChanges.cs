namespace ChatGenius.Messages.Reading;

/// <summary>The read positions that a transaction changes: each is loaded once, changed any number of times, and takes one revision. Not thread-safe.</summary>
internal sealed class ReadChanges
{
    readonly Dictionary<(Guid User, Guid Channel), ReadRow> _rows = [];
    readonly HashSet<ReadRow> _changed = [];

    /// <summary>Loads read positions that will be asked for, in one go.</summary>
    public async Task LoadAsync(FeedTransaction<MessagesContext> transaction, IReadOnlyCollection<(Guid User, Guid Channel)> wanted, CancellationToken cancellation)
    {
        var statements = new Statements(transaction.Sql);
        Load(wanted, statements);
        await statements.RunAsync(cancellation);
    }

    /// <summary>Loads read positions along with what else is asked.</summary>
    public void Load(IReadOnlyCollection<(Guid User, Guid Channel)> wanted, Statements statements)
    {
        var missing = wanted.Where(w => !_rows.ContainsKey(w)).ToHashSet();
        if (missing.Count == 0)
            return;
        foreach (var key in missing)
            _rows.Add(key, new ReadRow { UserId = key.User, ChannelId = key.Channel });
        statements.Ask(
            command => $"""
                WITH asked (user_id, channel_id) AS ({command.Rows(missing.Select(m => m.User).ToArray(), missing.Select(m => m.Channel).ToArray())})
                SELECT r.user_id, r.channel_id, r.seq, r.mentions, r.revision FROM asked a JOIN reads r ON r.user_id = a.user_id AND r.channel_id = a.channel_id
                """,
            row => _rows[(row.GetGuid(0), row.GetGuid(1))] = new ReadRow
            {
                UserId = row.GetGuid(0),
                ChannelId = row.GetGuid(1),
                Seq = row.GetInt64(2),
                Mentions = row.GetInt32(3),
                Revision = row.GetInt64(4),
            });
    }

    /// <summary>A read position that was loaded.</summary>
    public ReadRow Of(Guid user, Guid channel) => _rows[(user, channel)];

    /// <summary>Says that a read position changed.</summary>
    public void Changed(ReadRow row) => _changed.Add(row);

    /// <summary>Gives each changed read position its revision, says it on its feed, and has it stored.</summary>
    public void Store(FeedTransaction<MessagesContext> transaction)
    {
        if (_changed.Count == 0)
            return;
        ReadRow[] rows = [.. _changed];
        foreach (var row in rows)
        {
            var feed = FeedName.Reads(row.UserId);
            row.Revision = transaction.NextRevision(feed);
            transaction.Changed(feed, row.ToContract());
        }
        transaction.Last.Store(
            values => $"""
                INSERT INTO reads (user_id, channel_id, seq, mentions, revision)
                {values}
                ON CONFLICT (user_id, channel_id) DO UPDATE SET seq = excluded.seq, mentions = excluded.mentions, revision = excluded.revision
                """,
            Of(r => r.UserId), Of(r => r.ChannelId), Of(r => r.Seq), Of(r => r.Mentions), Of(r => r.Revision));

        T[] Of<T>(Converter<ReadRow, T> column) => Array.ConvertAll(rows, column);
    }
}
