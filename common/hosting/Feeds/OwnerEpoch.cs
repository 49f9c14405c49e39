using System.Data.Common;
using System.Globalization;
using ChatGenius.Hosting.Databases;
using ChatGenius.Hosting.Settings;

namespace ChatGenius.Hosting.Feeds;

/// <summary>
/// Keeps the epoch of an owner's database: it advances when the database at start is not the one that the service knew (restored, promoted, cloned),
/// and when a follower proves that commits were lost. Thread-safe.
/// </summary>
public sealed partial class OwnerEpoch<TContext>(Database<TContext> database, IOptions<ChatGeniusSettings> settings, ILogger<OwnerEpoch<TContext>> logger)
    where TContext : DbContext
{
    /// <summary>Compares the database's identity with the one it had; called once, after the migrations.</summary>
    internal async Task SettleAsync(CancellationToken cancellation)
    {
        var (before, now) = database.IsSqlite ? (ReadMark(), NewMark()) : (null, null);
        await database.WriteAsync(async (context, sql) =>
        {
            now ??= await PostgresIdentityAsync(context, cancellation);
            if (context.Model.FindEntityType(typeof(OwnerRow)) is null || await InsertAsync(sql, now, cancellation))
                return 0;
            var owner = await context.Set<OwnerRow>().AsTracking().SingleAsync(cancellation);
            var known = database.IsSqlite ? before ?? "(no mark)" : now;
            if (owner.Identity != known)
            {
                owner.Epoch++;
                LogHistoryChanged(database.Name, owner.Epoch);
            }
            owner.Identity = now;
            return await context.SaveChangesAsync(cancellation);
        }, cancellation);
        if (database.IsSqlite)
            WriteMark(now!);
    }

    /// <summary>Moves the epoch above <paramref name="beyond"/>, unless it is there already.</summary>
    public Task AdvanceAsync(long beyond, CancellationToken cancellation) => database.WriteAsync(async (context, _) =>
    {
        var advanced = await context.Set<OwnerRow>().Where(o => o.Epoch <= beyond).ExecuteUpdateAsync(s => s.SetProperty(o => o.Epoch, beyond + 1), cancellation);
        if (advanced > 0)
            LogHistoryLost(database.Name, beyond + 1);
        return advanced;
    }, cancellation);

    // Instances that start together all try; one of them makes the row.
    static async Task<bool> InsertAsync(DbTransaction sql, string identity, CancellationToken cancellation)
    {
        await using var insert = sql.Command("INSERT INTO feed_owner (id, epoch, identity) VALUES (1, 1, @p0) ON CONFLICT (id) DO NOTHING", identity);
        return await insert.ExecuteNonQueryAsync(cancellation) == 1;
    }

    static async Task<string> PostgresIdentityAsync(TContext context, CancellationToken cancellation) => await context.Database.SqlQueryRaw<string>(
        """
        SELECT (SELECT system_identifier FROM pg_control_system())::text || '/' || (SELECT timeline_id FROM pg_control_checkpoint())::text
            || '/' || (SELECT oid FROM pg_database WHERE datname = current_database())::text AS "Value"
        """).SingleAsync(cancellation);

    // A SQLite file carries the mark of its last start, and a file beside it carries the same: a file brought back from a backup does not match.
    string MarkPath => Path.Combine(Path.GetFullPath(settings.Value.DataPath), database.Name + ".db-mark");

    string? ReadMark() => File.Exists(MarkPath) ? File.ReadAllText(MarkPath).Trim() : null;

    static string NewMark() => Guid.CreateVersion7().ToString("N", CultureInfo.InvariantCulture);

    void WriteMark(string mark)
    {
        File.WriteAllText(MarkPath + ".new", mark);
        File.Move(MarkPath + ".new", MarkPath, overwrite: true);
    }

    [LoggerMessage(1101, LogLevel.Warning, "The database of {Service} is not the one it was at the last start (restored, promoted or copied). Its epoch is now {Epoch}; every reader starts from a snapshot.")]
    partial void LogHistoryChanged(string service, long epoch);

    [LoggerMessage(1102, LogLevel.Error, "A follower of {Service} holds commits that its database has lost. Its epoch is now {Epoch}; every reader starts from a snapshot. Find out what was restored.")]
    partial void LogHistoryLost(string service, long epoch);
}
