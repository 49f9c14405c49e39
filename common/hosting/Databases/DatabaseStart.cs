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
}

/// <summary>Migrates a service's database and settles its epoch.</summary>
internal sealed class DatabaseStart<TContext>(Database<TContext> database, OwnerEpoch<TContext> epoch) : IDatabaseStart where TContext : DbContext
{
    public string Name => database.Name;
    public bool IsReady { get; private set; }
    public string? LastFailure { get; private set; }

    public async Task StartAsync(CancellationToken cancellation)
    {
        try
        {
            await using (var context = database.Open())
                await context.Database.MigrateAsync(cancellation);
            await epoch.SettleAsync(cancellation);
            (IsReady, LastFailure) = (true, null);
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException or IOException or TimeoutException)
        {
            LastFailure = failure.Message;
            throw;
        }
    }
}
