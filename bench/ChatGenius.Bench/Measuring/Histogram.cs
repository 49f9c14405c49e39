using System.Diagnostics;
using System.Numerics;

namespace ChatGenius.Bench.Measuring;

/// <summary>Latencies, to within 2 % of each. Thread-safe.</summary>
internal sealed class Histogram
{
    const int Fine = 64;
    readonly long[] _counts = new long[Fine * 40];
    long _count;

    public long Count => Interlocked.Read(ref _count);

    /// <summary>Adds the time from a moment, as <see cref="Stopwatch.GetTimestamp"/> tells it, until now.</summary>
    public void Since(long moment) => Add((long)Stopwatch.GetElapsedTime(moment).TotalMicroseconds);

    /// <summary>The milliseconds below which a part of all lie; 0 when there are none.</summary>
    /// <param name="part">0.99 for the 99th percentile.</param>
    public double Percentile(double part)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(Count * part));
        long seen = 0;
        for (var i = 0; i < _counts.Length; i++)
            if ((seen += Interlocked.Read(ref _counts[i])) >= rank)
                return Value(i) / 1000.0;
        return 0;
    }

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        Interlocked.Exchange(ref _count, 0);
    }

    /// <summary>Adds a time.</summary>
    public void Add(long microseconds)
    {
        Interlocked.Increment(ref _counts[Math.Clamp(Bucket(Math.Max(0, microseconds)), 0, _counts.Length - 1)]);
        Interlocked.Increment(ref _count);
    }

    static int Bucket(long value)
    {
        if (value < Fine)
            return (int)value;
        var shift = BitOperations.Log2((ulong)value) - BitOperations.Log2(Fine);
        return (shift + 1) * Fine + (int)(value >> shift) - Fine;
    }

    static long Value(int bucket) => bucket < Fine ? bucket : (bucket % Fine + Fine + 1L) << (bucket / Fine - 1);
}
