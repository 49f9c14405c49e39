using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ChatGenius.Hosting.Databases;

/// <summary>What every SQLite connection is told: write-ahead log, so that readers never wait for the writer, and a flush at every commit, so that what was acknowledged is on the disk.</summary>
internal sealed class SqliteSettings : DbConnectionInterceptor
{
    const string Settings = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;";

    // A pool gives out the same connections again and again, and they remember.
    readonly ConditionalWeakTable<object, object> _told = [];

    public static SqliteSettings Instance { get; } = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Apply(connection);
        return Task.CompletedTask;
    }

    void Apply(DbConnection connection)
    {
        var pooled = ((SqliteConnection)connection).Handle!;
        if (_told.TryGetValue(pooled, out _))
            return;
        using var command = connection.CreateCommand();
        command.CommandText = Settings;
        command.ExecuteNonQuery();
        _told.AddOrUpdate(pooled, pooled);
    }
}
