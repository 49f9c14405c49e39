using Npgsql;

namespace ChatGenius.Bench.Measuring;

/// <summary>Shows that a PostgreSQL really syncs its log to disk, and how often it did since.</summary>
internal sealed class Flushes : IAsyncDisposable
{
    readonly NpgsqlDataSource _source;
    long _before;

    Flushes(NpgsqlDataSource source) => _source = source;

    /// <summary>Begins to count.</summary>
    /// <param name="connection">An administrator's connection string.</param>
    /// <exception cref="InvalidOperationException">The server does not sync each commit.</exception>
    public static async Task<Flushes> WatchAsync(string connection)
    {
        var flushes = new Flushes(NpgsqlDataSource.Create(connection));
        foreach (var setting in (string[])["fsync", "synchronous_commit", "full_page_writes"])
            if (await flushes.AskAsync<string>($"show {setting}") is var value and not "on")
                throw new InvalidOperationException($"PostgreSQL has {setting} = {value}: what is measured would not be durable.");
        flushes._before = await flushes.CountAsync();
        return flushes;
    }

    /// <summary>How often the log was synced since.</summary>
    public async Task<long> SinceAsync() => await CountAsync() - _before;

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    // From version 18 on another view counts them.
    async Task<long> CountAsync()
    {
        await Task.Delay(TimeSpan.FromSeconds(1.1));
        return await AskAsync<int>("select current_setting('server_version_num')::int") >= 180000
            ? await AskAsync<long>("select coalesce(sum(fsyncs), 0)::bigint from pg_stat_io where object = 'wal'")
            : await AskAsync<long>("select wal_sync from pg_stat_wal");
    }

    async Task<T> AskAsync<T>(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
