namespace ChatGenius.ChannelsTests;

internal static class Eventually
{
    static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    /// <summary>Waits until a condition holds, and fails when it does not within a bound.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        using var bound = new CancellationTokenSource(Bound);
        while (!await condition())
        {
            Assert.False(bound.IsCancellationRequested, $"Not within {Bound}: {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }
}
