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
        var users = missing.Select(m => m.User).Distinct().ToArray();
        var channels = missing.Select(m => m.Channel).Distinct().ToArray();
        await using var command = transaction.Sql.Command(
            $"""
            SELECT user_id, channel_id, seq, mentions, revision FROM reads
            WHERE user_id IN ({Commands.Names(0, users.Length)}) AND channel_id IN ({Commands.Names(users.Length, channels.Length)})
            """, [.. users.Cast<object>(), .. channels.Cast<object>()]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            if (missing.Contains((reader.GetGuid(0), reader.GetGuid(1))))
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
        await using var command = transaction.Sql.Command("");
        var rows = new List<string>(_changed.Count);
        foreach (var row in _changed)
        {
            var feed = FeedName.Reads(row.UserId);
            row.Revision = transaction.NextRevision(feed);
            transaction.Changed(feed, row.ToContract());
            var p = command.Parameters.Count;
            rows.Add($"({Commands.Names(p, 5)})");
            command.Bind(row.UserId, row.ChannelId, row.Seq, row.Mentions, row.Revision);
        }
        command.CommandText =
            $"""
            INSERT INTO reads (user_id, channel_id, seq, mentions, revision) VALUES {string.Join(',', rows)}
            ON CONFLICT (user_id, channel_id) DO UPDATE SET seq = excluded.seq, mentions = excluded.mentions, revision = excluded.revision
            """;
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
