using ChatGenius.Hosting.Databases;
using ChatGenius.Hosting.Settings;

namespace ChatGenius.Hosting.Feeds;

/// <summary>Notes at every tick, and at an orderly end, how far the feeds of a SQLite file have come.</summary>
internal sealed partial class ProgressNotes<TContext>(
    Database<TContext> database, OwnerEpoch<TContext> epoch, DatabaseStartGate gate, IOptions<ChatGeniusSettings> settings, TimeProvider time, ILogger<ProgressNotes<TContext>> logger)
    : BackgroundService where TContext : DbContext
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!database.IsSqlite)
            return;
        await gate.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(settings.Value.FollowInterval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await epoch.NoteAsync(CancellationToken.None);
            }
            catch (Exception failure) when (failure is System.Data.Common.DbException or IOException or UnauthorizedAccessException)
            {
                LogNotNoted(database.Name, failure.Message);
            }
        }
    }

    [LoggerMessage(1106, LogLevel.Warning, "The progress of {Service} could not be noted: {Failure} It is tried again.")]
    partial void LogNotNoted(string service, string failure);
}
