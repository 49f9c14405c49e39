using ChatGenius.Contracts.Feeds;

namespace ChatGenius.Histories.Rules;

/// <summary>8: soon after the last fault healed, the last write was made and the client's transport is up, it is at head; also when the last delta was the one lost.</summary>
internal static class Convergence
{
    public static IEnumerable<Violation> Check(History history)
    {
        var reached = Reached(history);
        var lastWrite = history.Log.Where(seen => seen is SendAttempted or SendAcknowledged or SendRefused or ChangeAcknowledged or MembershipChanged).Select(seen => seen.At).DefaultIfEmpty(0).Max();
        var faults = Spans(history.Log, seen => seen switch { FaultBegan began => (began.What, true), FaultHealed healed => (healed.What, false), _ => null });
        var heads = history.Of<OwnerStood>().ToLookup(seen => seen.Feed, StringComparer.Ordinal);
        var transport = history.Held.Select(held => held.Client).Distinct(StringComparer.Ordinal).ToDictionary(client => client, client => Down(history, client), StringComparer.Ordinal);
        foreach (var (held, truth) in history.Readers.Where(reader => !reader.Held.Partial))
        {
            if (held.Place != truth.Place)
                yield return new Violation(8, $"It stands at {held.Place} and the head is {truth.Place}.", held.Feed, held.Client);
            if (!reached.TryGetValue((held.Client, held.Feed), out var steps))
                continue;
            List<(long From, long To)> away = [.. faults, .. transport[held.Client], .. NotMember(history, held)];
            foreach (var stood in heads[held.Feed].Append(new OwnerStood(lastWrite, held.Feed, truth.Place)).Where(stood => !history.MayBeLost(held.Feed, stood.Head.Epoch, stood.At)))
            {
                var due = Due(stood.At, away, history.Options.ConvergenceBound);
                var at = steps.FirstOrDefault(step => step.Place >= stood.Head, (long.MaxValue, default)).At;
                if (due < history.End && at > due)
                    yield return new Violation(8, at == long.MaxValue ? $"It never reached {stood.Head}." : $"It reached {stood.Head} {at - due} ms late.", held.Feed, held.Client, due);
            }
        }
    }

    static Dictionary<(string, string), List<(long At, Place Place)>> Reached(History history)
    {
        var reached = new Dictionary<(string, string), List<(long, Place)>>();
        foreach (var seen in history.Log)
        {
            var step = seen switch
            {
                DeltaApplied delta => (Key: (delta.Client, delta.Feed), Place: new Place(delta.Epoch, delta.To)),
                PositionMoved moved => (Key: (moved.Client, moved.Feed), Place: moved.To),
                _ => default,
            };
            if (step.Key.Client is null)
                continue;
            if (!reached.TryGetValue(step.Key, out var steps))
                reached[step.Key] = steps = [];
            steps.Add((seen.At, step.Place));
        }
        return reached;
    }

    // Before the first connection, and between any two.
    static List<(long From, long To)> Down(History history, string client) => Spans(history.Log, seen => seen switch
    {
        ConnectionClosed closed when closed.Client == client => ("", true),
        ConnectionOpened opened when opened.Client == client => ("", false),
        _ => null,
    });

    static List<(long From, long To)> NotMember(History history, Held held) => FeedName.Parse(held.Feed) is { Kind: FeedKind.Messages or FeedKind.Members } name
        ? Spans(history.Log, seen => seen is MembershipChanged change && change.Channel == name.Id && change.User == held.User ? ("", !change.Joined) : null)
        : [];

    // From each beginning to the end of the same name; what did not begin was so from the start, and what did not end lasts for ever.
    static List<(long From, long To)> Spans(IReadOnlyList<Observation> log, Func<Observation, (string Name, bool Begins)?> read)
    {
        var (open, known) = (new Dictionary<string, long>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var spans = new List<(long, long)>();
        foreach (var seen in log)
        {
            if (read(seen) is not { } mark)
                continue;
            if (mark.Begins)
                open.TryAdd(mark.Name, seen.At);
            else if (open.Remove(mark.Name, out var from) || !known.Contains(mark.Name))
                spans.Add((from, seen.At));
            known.Add(mark.Name);
        }
        spans.AddRange(open.Values.Select(from => (from, long.MaxValue)));
        return spans;
    }

    // The end of the first stretch, as long as the bound, in which nothing is away.
    static long Due(long from, List<(long From, long To)> away, long bound)
    {
        foreach (var span in away.OrderBy(span => span.From))
            if (span.To > from && span.From < from + bound)
                from = span.To;
        return from > long.MaxValue - bound ? long.MaxValue : from + bound;
    }
}
