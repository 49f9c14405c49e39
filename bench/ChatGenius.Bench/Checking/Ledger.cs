namespace ChatGenius.Bench.Checking;

/// <summary>What was acknowledged, by channel. Thread-safe.</summary>
internal sealed class Ledger(int channels)
{
    readonly long[] _counts = new long[channels];
    readonly long[] _sums = new long[channels];
    int _lastId;
    long _total;

    /// <summary>The next message's number.</summary>
    public int NextId() => Interlocked.Increment(ref _lastId);

    /// <summary>All that was acknowledged.</summary>
    public long Total => Interlocked.Read(ref _total);

    /// <summary>A message was acknowledged.</summary>
    public void Acknowledged(int channel, int id)
    {
        Interlocked.Increment(ref _counts[channel]);
        Interlocked.Add(ref _sums[channel], id);
        Interlocked.Increment(ref _total);
    }

    /// <summary>How many messages of a channel were acknowledged, and the sum of their numbers.</summary>
    public (long Count, long Sum) Of(int channel) => (Interlocked.Read(ref _counts[channel]), Interlocked.Read(ref _sums[channel]));
}
