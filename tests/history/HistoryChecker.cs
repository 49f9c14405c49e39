using ChatGenius.Histories.Rules;

namespace ChatGenius.Histories;

/// <summary>
/// The one checker of histories. It knows what must always hold and nothing of how it is brought about. Pure: the same history has the same violations, in the same order.
/// What a history does not carry is not judged: a run without connections says nothing about closing, one without deltas nothing about fences.
/// </summary>
public static class HistoryChecker
{
    static readonly Func<History, IEnumerable<Violation>>[] s_rules =
    [
        CommitOrder.Check, NoLoss.Check, NoDouble.Check, Order.Check, Durable.Check, Equivalence.Check, MembersFence.Check, VerifiedRefusal.Check, Convergence.Check, Continuity.Check, Authentication.Check,
    ];

    /// <summary>Evaluates invariants 1 to 10.</summary>
    /// <param name="log">What was observed, by the end of the run.</param>
    /// <param name="truth">What the owners hold at rest.</param>
    /// <param name="held">What each client holds at rest of each of its feeds.</param>
    /// <param name="options">The bounds; the promised ones where nothing is said.</param>
    /// <returns>Nothing when all holds.</returns>
    public static IReadOnlyList<Violation> Check(IReadOnlyList<Observation> log, Truth truth, IReadOnlyList<Held> held, CheckOptions? options = null)
    {
        var history = new History(log, truth, held, options ?? new CheckOptions());
        return [.. s_rules.SelectMany(rule => rule(history))];
    }

    /// <summary>The resumes that are under way where the log ends: a run may end there only once there are none, or once they have had their time.</summary>
    /// <param name="log">What was observed by now.</param>
    public static IReadOnlyList<Violation> Unanswered(IReadOnlyList<Observation> log) => [.. Continuity.Unanswered(log)];
}
