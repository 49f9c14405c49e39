using ChatGenius.Hosting.Databases;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ChatGenius.IdentityTests.Support;

/// <summary>A migrated database in a file of its own.</summary>
internal sealed class IdentityDatabase : IAsyncDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly DbContextOptions<SqliteIdentityContext> _options;

    IdentityDatabase()
    {
        var file = new SqliteConnectionStringBuilder { DataSource = Path.Combine(_folder.Path, "identity.db"), Pooling = false };
        _options = new DbContextOptionsBuilder<SqliteIdentityContext>().UseSqlite(file.ToString()).UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).Options;
        Database = new Database<IdentityContext>("identity", isSqlite: true, () => new SqliteIdentityContext(_options), pool: 0, TimeProvider.System);
    }

    public Database<IdentityContext> Database { get; }

    public static async Task<IdentityDatabase> MakeAsync()
    {
        var made = new IdentityDatabase();
        await using var db = made.Database.Open();
        await db.Database.MigrateAsync();
        return made;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
