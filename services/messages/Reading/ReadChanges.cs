namespace ChatGenius.Messages.Reading;

/// <summary>The read positions that a transaction changes: each is loaded once, changed any number of times, and takes one revision. Not thread-safe.</summary>
internal sealed class ReadChanges(FeedTransaction<MessagesContext> transaction)
{
    readonly Dictionary<(Guid User, Guid Channel), ReadRow> _rows = [];
    readonly HashSet<ReadRow> _changed = [];

    /// <summary>Loads read positions that will be asked for, in one go.</summary>
    public async Task LoadAsync(IReadOnlyCollection<(Guid User, Guid Channel)> wanted, CancellationToken cancellation)
    {
        var missing = wanted.Where(w => !_rows.ContainsKey(w)).ToHashSet();
        if (missing.Count == 0)
            return;
        await using var command = transaction.Sql.Command("");
        var keys = command.Rows(missing.Select(m => m.User).ToArray(), missing.Select(m => m.Channel).ToArray());
        command.CommandText = $"SELECT user_id, channel_id, seq, mentions, revision FROM reads WHERE (user_id, channel_id) IN ({keys})";
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            _rows[(reader.GetGuid(0), reader.GetGuid(1))] = new ReadRow
            {
                UserId = reader.GetGuid(0),
                ChannelId = reader.GetGuid(1),
                Seq = reader.GetInt64(2),
                Mentions = reader.GetInt32(3),
                Revision = reader.GetInt64(4),
            };
        foreach (var key in missing)
            _rows.TryAdd(key, new ReadRow { UserId = key.User, ChannelId = key.Channel });
    }

    /// <summary>A read position that was loaded.</summary>
    public ReadRow Of(Guid user, Guid channel) => _rows[(user, channel)];

    /// <summary>Says that a read position changed.</summary>
    public void Changed(ReadRow row) => _changed.Add(row);

    /// <summary>Gives each changed read position its revision, stores it, and says it on its feed.</summary>
    public async Task StoreAsync(CancellationToken cancellation)
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
        await using var command = transaction.Sql.Command("");
        var stored = command.Rows(
            Array.ConvertAll(rows, r => r.UserId), Array.ConvertAll(rows, r => r.ChannelId), Array.ConvertAll(rows, r => r.Seq), Array.ConvertAll(rows, r => r.Mentions), Array.ConvertAll(rows, r => r.Revision));
        command.CommandText =
            $"""
            INSERT INTO reads (user_id, channel_id, seq, mentions, revision) {stored}
            ON CONFLICT (user_id, channel_id) DO UPDATE SET seq = excluded.seq, mentions = excluded.mentions, revision = excluded.revision
            """;
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
