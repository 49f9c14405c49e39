namespace ChatGenius.Host.Status;

/// <summary>How times were spread over the last five minutes, in buckets, and so in a fixed amount of memory. Not thread-safe.</summary>
internal sealed class Window(TimeProvider time)
{
    /// <summary>What it looks back on.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(5);

    static readonly TimeSpan s_slot = TimeSpan.FromSeconds(5);

    /// <summary>Upper bounds of the buckets in seconds: each is a fifth wider than the one before, from 0.5 ms to more than an hour.</summary>
    static readonly double[] s_bounds = [.. Enumerable.Range(0, 90).Select(i => 0.0005 * Math.Pow(1.2, i))];

    readonly int[][] _slots = [.. Enumerable.Range(0, (int)(Length / s_slot)).Select(_ => new int[s_bounds.Length + 1])];
    readonly long[] _slotOf = new long[(int)(Length / s_slot)];

    public void Add(double seconds)
    {
        var now = Now;
        var slot = _slots[now % _slots.Length];
        if (_slotOf[now % _slots.Length] != now)
            Array.Clear(slot);
        _slotOf[now % _slots.Length] = now;
        var at = Array.BinarySearch(s_bounds, seconds);
        slot[at < 0 ? ~at : at]++;
    }

    /// <summary>How many there were, and below which times half and 99 % of them lie; null without any.</summary>
    public Spread Look()
    {
        var now = Now;
        var counts = new long[s_bounds.Length + 1];
        for (var i = 0; i < _slots.Length; i++)
            if (now - _slotOf[i] < _slots.Length)
                for (var bucket = 0; bucket < counts.Length; bucket++)
                    counts[bucket] += _slots[i][bucket];
        var all = counts.Sum();
        return all == 0 ? new Spread(0, null, null) : new Spread(all, Below(counts, all * 0.5), Below(counts, all * 0.99));
    }

    long Now => time.GetUtcNow().Ticks / s_slot.Ticks;

    static double Below(long[] counts, double wanted)
    {
        var bucket = 0;
        for (var seen = 0L; bucket < s_bounds.Length - 1 && (seen += counts[bucket]) < wanted;)
            bucket++;
        return Math.Round(s_bounds[bucket] * 1000, 1);
    }
}

/// <summary>How times were spread.</summary>
internal sealed record Spread(long Count, double? HalfMs, double? NinetyNineMs);
