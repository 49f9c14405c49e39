namespace ChatGenius.Identity.Keys;

/// <summary>Loads the keys while the database starts, and looks each minute whether there are new ones or one is due.</summary>
internal sealed partial class KeyRotation(KeyRing keys, TimeProvider time, ILogger<KeyRotation> logger) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Run(keys.Load, stoppingToken);
            }
            catch (IOException failure)
            {
                LogFailure(failure.Message);
            }
            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(2201, LogLevel.Error, "The keys of access tokens could not be read or made: {Failure}")]
    partial void LogFailure(string failure);
}
