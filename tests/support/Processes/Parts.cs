namespace ChatGenius.TestSupport.Processes;

/// <summary>Ends what a test was made of.</summary>
public static class Parts
{
    /// <summary>Where failures are told: xunit names only the type of what a fixture's clean-up throws.</summary>
    static string Told => Path.Combine(Repository.Logs, "cleanup.log");

    /// <summary>Disposes each part in order, the later ones also when an earlier one fails.</summary>
    /// <exception cref="AggregateException">What failed.</exception>
    public static async ValueTask EndAsync(IEnumerable<object?> parts)
    {
        var failures = new List<Exception>();
        foreach (var part in parts)
        {
            try
            {
                if (part is IAsyncDisposable waits)
                    await waits.DisposeAsync();
                else
                    (part as IDisposable)?.Dispose();
            }
            catch (Exception error)
            {
                failures.Add(error);
                await File.AppendAllTextAsync(Told, $"{part}: {error}{Environment.NewLine}");
            }
        }
        if (failures.Count > 0)
            throw new AggregateException(failures);
    }
}
