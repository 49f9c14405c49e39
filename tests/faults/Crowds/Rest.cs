using ChatGenius.Histories;
using ChatGenius.TestSupport.Waiting;

namespace ChatGenius.FaultTests.Crowds;

/// <summary>Where a run may end.</summary>
internal static class Rest
{
    /// <summary>What was seen up to a moment at which no resume was under way. Clients that were looked at first, and a log that was read after, are two moments.</summary>
    /// <param name="log">The log of a run in which nobody asks for ever anew.</param>
    /// <param name="bound">Until when each resume must have its outcome.</param>
    /// <exception cref="TimeoutException">Some never had theirs; the message names them.</exception>
    public static async Task<IReadOnlyList<Observation>> OfAsync(HistoryLog log, TimeSpan bound)
    {
        IReadOnlyList<Observation> seen = [];
        await Eventually.Get(
            () => Task.FromResult(string.Join(Environment.NewLine, HistoryChecker.Unanswered(seen = log.Snapshot()).Take(20))),
            unanswered => unanswered.Length == 0, bound, "every resume has its outcome");
        return seen;
    }
}
