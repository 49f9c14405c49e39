namespace ChatGenius.FeedsTests.Costs;

/// <summary>Counts the bytes that an operation allocates. Unlike a time, that is the same on a busy machine.</summary>
static class Allocated
{
    const int Rounds = 20;

    /// <summary>Bytes for each of the operations in a round: the least of many rounds, since the first ones fill caches.</summary>
    /// <param name="operations">How many a round does.</param>
    /// <param name="prepare">Makes what a round works on; not counted.</param>
    /// <param name="round">Does them, all on the calling thread.</param>
    public static double By<T>(int operations, Func<T> prepare, Action<T> round)
    {
        var least = long.MaxValue;
        for (var i = 0; i < Rounds; i++)
        {
            var on = prepare();
            var before = GC.GetAllocatedBytesForCurrentThread();
            round(on);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return (double)least / operations;
    }
}
