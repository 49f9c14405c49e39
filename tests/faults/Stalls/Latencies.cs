using System.Collections.Concurrent;
using System.Globalization;
using ChatGenius.FaultTests.LightClients;

namespace ChatGenius.FaultTests.Stalls;

/// <summary>How late messages came, from when they were due. What a reader never had counts as if it came at the end: a stall is not hidden by what it keeps away.</summary>
/// <param name="clock">The clock of the run.</param>
/// <param name="readers">How many readers each message is for.</param>
internal sealed class Latencies(RunClock clock, int readers)
{
    const int Length = 2000;

    readonly ConcurrentDictionary<long, int> _had = new();
    readonly ConcurrentQueue<long> _latencies = new();

    /// <summary>A text of 2,000 characters that says when it was due.</summary>
    public string Due(long at)
    {
        _had[at] = 0;
        return at.ToString(CultureInfo.InvariantCulture).PadRight(Length, '.');
    }

    /// <summary>A reader has a text; those of others do not count.</summary>
    public void Had(string? text)
    {
        if (!long.TryParse(text.AsSpan().TrimEnd('.'), CultureInfo.InvariantCulture, out var due) || !_had.ContainsKey(due))
            return;
        _latencies.Enqueue(clock.Now - due);
        _had.AddOrUpdate(due, 1, static (_, had) => had + 1);
    }

    /// <summary>True when every reader has everything.</summary>
    public bool IsComplete => _had.Values.All(had => had >= readers);

    /// <summary>The 99th percentile in milliseconds, at least 1.</summary>
    public long P99()
    {
        var now = clock.Now;
        var all = _latencies.ToList();
        foreach (var (due, had) in _had)
            all.AddRange(Enumerable.Repeat(now - due, Math.Max(0, readers - had)));
        all.Sort();
        return all.Count == 0 ? 1 : Math.Max(1, all[all.Count * 99 / 100]);
    }
}
