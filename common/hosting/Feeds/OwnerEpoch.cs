using System.Data.Common;
using System.Globalization;
using ChatGenius.Hosting.Databases;
using ChatGenius.Hosting.Settings;

namespace ChatGenius.Hosting.Feeds;

/// <summary>
/// Keeps the epoch of an owner's database: it advances when the database at start is not the one that the service knew (restored, promoted, cloned),
/// and when a follower proves that commits were lost. Thread-safe.
/// </summary>
public sealed partial class OwnerEpoch<TContext>(Database<TContext> database, IOptions<ChatGeniusSettings> settings, TimeProvider time, ILogger<OwnerEpoch<TContext>> logger)
    where TContext : DbContext
{
    /// <summary>Compares the database's identity with the one it had; called once, after the migrations.</summary>
    internal async Task SettleAsync(CancellationToken cancellation)
    {
        var (before, now) = database.IsSqlite ? (ReadMark(), NewMark()) : (null, null);
        long sum = 0;
        await database.WriteAsync(async (context, sql) =>
        {
            now ??= await PostgresIdentityAsync(context, cancellation);
            if (context.Model.FindEntityType(typeof(OwnerRow)) is null || await InsertAsync(sql, now, cancellation))
                return 0;
            var owner = await context.Set<OwnerRow>().AsTracking().SingleAsync(cancellation);
            sum = await SumAsync(context, cancellation);
            if (database.IsSqlite ? before is null || owner.Identity != before.Identity || sum < before.Sum : owner.Identity != now)
            {
                owner.Epoch = OwnerRule.NextEpoch(owner.Epoch, time.GetUtcNow(), Chance());
                LogHistoryChanged(database.Name, owner.Epoch);
            }
            owner.Identity = now;
            return await context.SaveChangesAsync(cancellation);
        }, cancellation);
        if (database.IsSqlite)
            WriteMark(new Mark(now!, sum));
    }

    /// <summary>Notes how far the feeds have come, so that a file brought back from a backup is known at the next start by having come less far. Only SQLite needs it.</summary>
    internal async Task NoteAsync(CancellationToken cancellation)
    {
        await using var context = database.Open();
        var sum = await SumAsync(context, cancellation);
        if (ReadMark() is { } mark && sum > mark.Sum)
            WriteMark(mark with { Sum = sum });
    }

    static Random Chance() => new(System.Security.Cryptography.RandomNumberGenerator.GetInt32(int.MaxValue));

    static async Task<long> SumAsync(TContext context, CancellationToken cancellation) => await context.Set<FeedRow>().SumAsync(f => f.Head, cancellation);

    /// <summary>Moves the epoch above <paramref name="beyond"/>, unless it is there already.</summary>
    public Task AdvanceAsync(long beyond, CancellationToken cancellation) => database.WriteAsync(async (context, _) =>
    {
        var next = OwnerRule.NextEpoch(beyond, time.GetUtcNow(), Chance());
        var advanced = await context.Set<OwnerRow>().Where(o => o.Epoch <= beyond).ExecuteUpdateAsync(s => s.SetProperty(o => o.Epoch, next), cancellation);
        if (advanced > 0)
            LogHistoryLost(database.Name, next);
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

    // A SQLite file carries the mark of its last start; a file beside it carries the same, and how far the feeds had come. A file brought back from a backup does not match.
    string MarkPath => Path.Combine(Path.GetFullPath(settings.Value.DataPath), database.Name + ".db-mark");

    Mark? ReadMark() => File.Exists(MarkPath) && File.ReadAllText(MarkPath).Split(' ') is [var identity, var sum] && long.TryParse(sum, CultureInfo.InvariantCulture, out var far)
        ? new Mark(identity, far) : null;

    static string NewMark() => Guid.CreateVersion7().ToString("N", CultureInfo.InvariantCulture);

    void WriteMark(Mark mark)
    {
        File.WriteAllText(MarkPath + ".new", string.Create(CultureInfo.InvariantCulture, $"{mark.Identity} {mark.Sum}"));
        File.Move(MarkPath + ".new", MarkPath, overwrite: true);
    }

    /// <param name="Identity">What the database was called at its last start.</param>
    /// <param name="Sum">The sum of its heads when that was noted last.</param>
    sealed record Mark(string Identity, long Sum);

    [LoggerMessage(1101, LogLevel.Warning, "The database of {Service} is not the one it was at the last start (restored, promoted or copied). Its epoch is now {Epoch}; every reader starts from a snapshot.")]
    partial void LogHistoryChanged(string service, long epoch);

    [LoggerMessage(1102, LogLevel.Error, "A follower of {Service} holds commits that its database has lost. Its epoch is now {Epoch}; every reader starts from a snapshot. Find out what was restored.")]
    partial void LogHistoryLost(string service, long epoch);
}
