using System.Data.Common;
using ChatGenius.Hosting.Feeds;

namespace ChatGenius.Hosting.Databases;

/// <summary>Something that must be brought up before the service is ready.</summary>
public interface IDatabaseStart
{
    /// <summary>The service's name.</summary>
    string Name { get; }

    /// <summary>True when the database is migrated and its epoch known.</summary>
    bool IsReady { get; }

    /// <summary>What was tried last and failed; null when nothing did.</summary>
    string? LastFailure { get; }

    /// <summary>Migrates once, under the provider's lock; throws when the database cannot be reached.</summary>
    Task StartAsync(CancellationToken cancellation);

    /// <summary>Makes sure that it can be used beside a process that runs: it is started only if it lacks a migration, since then nobody of this version uses it.</summary>
    Task ReachAsync(CancellationToken cancellation);
}

/// <summary>What a service's database must hold before the service is ready. Runs at each start, after the migrations; several instances may run it at once.</summary>
public interface IDatabaseSeed<TContext> where TContext : DbContext
{
    /// <summary>Writes what is missing; throws when that cannot be done now, and is then run again.</summary>
    Task RunAsync(CancellationToken cancellation);
}

/// <summary>Migrates a service's database, settles its epoch and seeds it.</summary>
internal sealed class DatabaseStart<TContext>(Database<TContext> database, OwnerEpoch<TContext> epoch, IEnumerable<IDatabaseSeed<TContext>> seeds)
    : IDatabaseStart where TContext : DbContext
{
    public string Name => database.Name;
    public bool IsReady { get; private set; }
    public string? LastFailure { get; private set; }

    public async Task ReachAsync(CancellationToken cancellation)
    {
        await using var context = database.Open();
        if ((await context.Database.GetPendingMigrationsAsync(cancellation)).Any())
            await StartAsync(cancellation);
    }

    public async Task StartAsync(CancellationToken cancellation)
    {
        try
        {
            await using (var context = database.Open())
                await context.Database.MigrateAsync(cancellation);
            await epoch.SettleAsync(cancellation);
            foreach (var seed in seeds)
                await seed.RunAsync(cancellation);
            (IsReady, LastFailure) = (true, null);
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException or IOException or TimeoutException)
        {
            LastFailure = failure.Message;
            throw;
        }
    }
}
