using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ChatGenius.Hosting.Databases;

/// <summary>
/// What every SQLite connection is told: write-ahead log, so that readers never wait for the writer, and a flush at every commit, so that what was acknowledged is on the disk. The log is written back
/// at 16 MB, not 4: busy pages (the end of each index) come in it many times and are written back once. Each connection keeps 16 MB of pages, not 2, so that the writer finds those pages at hand.
/// Together that is an eighth of what the host spends on a message (docs/performance.md).
/// </summary>
internal sealed class SqliteSettings : DbConnectionInterceptor
{
    const string Settings = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-16000;";

    public static SqliteSettings Instance { get; } = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Apply(connection);
        return Task.CompletedTask;
    }

    static void Apply(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Settings;
        command.ExecuteNonQuery();
    }
}
