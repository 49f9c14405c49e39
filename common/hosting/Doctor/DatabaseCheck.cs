using System.Data.Common;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using ChatGenius.Hosting.Databases;

namespace ChatGenius.Hosting.Doctor;

/// <summary>Looks at a service's database: reachable, migrated, and by the same clock.</summary>
internal sealed class DatabaseCheck<TContext>(Database<TContext> database, TimeProvider time) : ICheck where TContext : DbContext
{
    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var what = "database " + database.Name;
        await using var context = database.Open();
        var source = context.Database.GetDbConnection().DataSource;
        if (database.IsSqlite && !File.Exists(source))
        {
            yield return Finding.Ok(what, $"{source} is not there yet; the first start makes it");
            yield break;
        }
        var begun = Stopwatch.GetTimestamp();
        var (unreachable, pending, unknown) = await ReadAsync(context, cancellation);
        if (unreachable is not null)
        {
            yield return Finding.Fail(what, unreachable, database.IsSqlite
                ? $"See whether this user may read and write {source}, and whether the disk is full; else restore it from a backup."
                : "Check ConnectionStrings__Postgres: host, database, user and password, and that PostgreSQL runs.");
            yield break;
        }
        var took = FormattableString.Invariant($"{Stopwatch.GetElapsedTime(begun).TotalMilliseconds:0} ms");
        yield return unknown.Count > 0 ? Finding.Warn(what, $"a newer version has migrated it ({unknown[^1]})", "Fine during an upgrade or after a step back, since migrations only add; else run the newer version.")
            : pending.Count > 0 ? Finding.Warn(what, $"{pending.Count} migrations are pending, from {pending[0]}", "They run at the next start; make a backup before.")
            : Finding.Ok(what, $"{(database.IsSqlite ? source : "PostgreSQL at " + source)}, no migration pending, answered in {took}");
        if (!database.IsSqlite)
        {
            var asked = time.GetUtcNow();
            var theirs = await context.Database.SqlQueryRaw<DateTime>("SELECT clock_timestamp() AT TIME ZONE 'UTC' AS \"Value\"").SingleAsync(cancellation);
            yield return Finding.Clock($"the clock of {source}", new DateTimeOffset(DateTime.SpecifyKind(theirs, DateTimeKind.Utc)), asked, time.GetUtcNow());
        }
    }

    static async Task<(string? Unreachable, List<string> Pending, List<string> Unknown)> ReadAsync(TContext context, CancellationToken cancellation)
    {
        try
        {
            await context.Database.OpenConnectionAsync(cancellation);
            var applied = await context.Database.GetAppliedMigrationsAsync(cancellation);
            var known = context.Database.GetMigrations().ToList();
            return (null, [.. known.Except(applied)], [.. applied.Except(known)]);
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException or IOException or TimeoutException)
        {
            return (failure.GetBaseException().Message, [], []);
        }
    }
}
