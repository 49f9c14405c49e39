namespace ChatGenius.Client;

/// <summary>Waits that double and are jittered, so that clients that were cut off together do not come back together.</summary>
internal static class BackOff
{
    /// <summary>The wait after the given number of failures: between a half and the whole of the doubled minimum, at most the maximum.</summary>
    public static TimeSpan After(int failures, ChatClientOptions options)
    {
        var whole = Math.Min(options.MinBackOff.TotalMilliseconds * Math.Pow(2, Math.Min(failures, 16)), options.MaxBackOff.TotalMilliseconds);
        double chance;
        lock (options.Chance)
            chance = options.Chance.NextDouble();
        return TimeSpan.FromMilliseconds(whole * (0.5 + chance / 2));
    }
}
