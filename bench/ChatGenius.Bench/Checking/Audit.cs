using System.Diagnostics;

namespace ChatGenius.Bench.Checking;

/// <summary>Compares what was acknowledged with what every reader had.</summary>
internal static class Audit
{
    /// <summary>How long what was acknowledged may take to reach everyone.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until every reader has as many messages as were acknowledged.</summary>
    /// <exception cref="WrongResultException">Something was lost, came twice, or in another order than to others.</exception>
    public static async Task CheckAsync(Ledger ledger, IReadOnlyCollection<Tally> tallies, bool oneOrder, TimeSpan patience)
    {
        var began = Stopwatch.GetTimestamp();
        while (!tallies.All(tally => IsComplete(ledger, tally)) && Stopwatch.GetElapsedTime(began) < patience)
            await Task.Delay(s_pause);
        var orders = new Dictionary<int, ulong>();
        foreach (var tally in tallies)
        {
            if (tally.Disordered > 0)
                throw new WrongResultException($"{tally.Disordered} messages came out of order or twice.");
            for (var place = 0; place < tally.Channels.Count; place++)
            {
                var (channel, had) = (tally.Channels[place], tally.Of(place));
                var (count, sum) = ledger.Of(channel);
                if ((had.Count, had.Sum) != (count, sum))
                    throw new WrongResultException($"A reader had {had.Count} messages of channel {channel} (sum {had.Sum}); {count} were acknowledged (sum {sum}).");
                if (oneOrder && !orders.TryAdd(channel, had.Order) && orders[channel] != had.Order)
                    throw new WrongResultException($"Readers had the messages of channel {channel} in different orders.");
            }
        }
    }

    static bool IsComplete(Ledger ledger, Tally tally)
    {
        for (var place = 0; place < tally.Channels.Count; place++)
            if (tally.Of(place).Count < ledger.Of(tally.Channels[place]).Count)
                return false;
        return true;
    }
}

/// <summary>A run did not do what it should have done; its figures are worth nothing.</summary>
internal sealed class WrongResultException(string message) : Exception(message);
