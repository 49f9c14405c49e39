using System.Data.Common;
using OpenIddict.Abstractions;

namespace ChatGenius.Identity.Sessions;

/// <summary>Deletes what nobody needs any more: tickets, ended sessions that may be forgotten, and dead tokens and authorizations.</summary>
internal sealed partial class Pruning(
    Database<IdentityContext> database, DatabaseStartGate gate, IServiceScopeFactory scopes, TimeProvider time, ILogger<Pruning> logger) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <summary>Used refresh tokens are kept this long, so that one that comes again is still recognised and ends its session.</summary>
    static readonly TimeSpan DeadTokens = TimeSpan.FromDays(14);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await gate.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await PruneAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is DbException or DbUpdateException or InvalidOperationException or AggregateException)
            {
                LogFailure(failure.Message);
            }
            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task PruneAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await database.WriteAsync(async (db, _) =>
            await db.Tickets.Where(t => t.ExpiresAt <= now.UtcTicks).ExecuteDeleteAsync(cancellation)
            + await db.EndedSessions.Where(s => s.ForgetAt <= now.UtcTicks).ExecuteDeleteAsync(cancellation), cancellation);
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(now - DeadTokens, cancellation);
        await scope.ServiceProvider.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(now - DeadTokens, cancellation);
    }

    [LoggerMessage(2103, LogLevel.Warning, "Old tickets and sessions could not be deleted: {Failure} It is tried again.")]
    partial void LogFailure(string failure);
}
