using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ChatGenius.Hosting.Databases;

/// <summary>What every SQLite connection is told: write-ahead log, so that readers never wait for the writer, and a flush at every commit, so that what was acknowledged is on the disk.</summary>
internal sealed class SqliteSettings : DbConnectionInterceptor
{
    const string Settings = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;";

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
