using ChatGenius.Bench.Measuring;

namespace ChatGenius.Bench.Checking;

/// <summary>What all readers of a scene had together. Thread-safe.</summary>
internal sealed class Deliveries
{
    long _count;

    /// <summary>From when a message was due until a reader had it.</summary>
    public Histogram Latency { get; } = new();

    /// <summary>From when the server wrote a message down until a reader had it, of one reader in ten, where messages say when that was.</summary>
    public Histogram SinceWritten { get; } = new();

    public long Count => Interlocked.Read(ref _count);

    public void Add(long due)
    {
        Interlocked.Increment(ref _count);
        Latency.Since(due);
    }
}

/// <summary>What one reader had, in few bytes: enough to say whether anything was lost, came twice, or out of order. Only its reader writes to it.</summary>
internal sealed class Tally
{
    readonly Deliveries _all;
    readonly Dictionary<int, int> _places;
    readonly long[] _counts;
    readonly long[] _sums;
    readonly ulong[] _orders;
    readonly int[] _lastOfSender;
    readonly int _senders;

    /// <param name="channels">The channels that it reads.</param>
    /// <param name="senders">How many senders the scene has.</param>
    /// <param name="all">What all readers had.</param>
    public Tally(IReadOnlyList<int> channels, int senders, Deliveries all)
    {
        (Channels, _senders, _all) = (channels, senders, all);
        _places = Enumerable.Range(0, channels.Count).ToDictionary(place => channels[place], place => place);
        (_counts, _sums, _orders, _lastOfSender) = (new long[channels.Count], new long[channels.Count], new ulong[channels.Count], new int[channels.Count * senders]);
    }

    public IReadOnlyList<int> Channels { get; }

    /// <summary>True where it is read from messages when they were written: not of all readers, since that takes time of the processor.</summary>
    public bool IsTimed { get; init; }

    /// <summary>Messages that came after a later one of the same sender, or twice.</summary>
    public long Disordered { get; private set; }

    /// <summary>A message came.</summary>
    public void Had(in Marker marker)
    {
        var place = _places[marker.Channel];
        Volatile.Write(ref _counts[place], _counts[place] + 1);
        _sums[place] += marker.Id;
        _orders[place] = _orders[place] * 1099511628211 + (ulong)marker.Id;
        ref var last = ref _lastOfSender[place * _senders + marker.Sender];
        if (marker.Id <= last)
            Disordered++;
        last = marker.Id;
        _all.Add(marker.Due);
    }

    /// <summary>A message came that the server says it wrote down then; for readers that <see cref="IsTimed"/>.</summary>
    public void Written(DateTimeOffset at) => _all.SinceWritten.Add((long)(TimeProvider.System.GetUtcNow() - at).TotalMicroseconds);

    /// <summary>How many came in the channel, the sum of their numbers, and what stands for their order.</summary>
    public (long Count, long Sum, ulong Order) Of(int place) => (Volatile.Read(ref _counts[place]), _sums[place], _orders[place]);
}
