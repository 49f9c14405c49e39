namespace ChatGenius.Histories.Rules;

/// <summary>4: a position never moves back, except by a reset into a newer epoch, and never over a gap.</summary>
internal static class Order
{
    public static IEnumerable<Violation> Check(History history)
    {
        var byDelta = new Dictionary<(string, string), Place>();
        var byMove = new Dictionary<(string, string), Place>();
        foreach (var seen in history.Log)
            if (seen is DeltaApplied delta)
            {
                var key = (delta.Client, delta.Feed);
                var (stands, to) = (byDelta.GetValueOrDefault(key), new Place(delta.Epoch, delta.To));
                if (WrongDelta(stands, to, delta) is { } wrong)
                    yield return new Violation(4, wrong, delta.Feed, delta.Client, delta.At);
                byDelta[key] = to;
            }
            else if (seen is PositionMoved moved)
            {
                var key = (moved.Client, moved.Feed);
                if (byMove.TryGetValue(key, out var stood) && stood != moved.From)
                    yield return new Violation(4, $"The position was {stood} and moves from {moved.From}.", moved.Feed, moved.Client, moved.At);
                if (Wrong(history, moved) is { } wrong)
                    yield return new Violation(4, wrong, moved.Feed, moved.Client, moved.At);
                byMove[key] = moved.To;
                if (moved.To.Epoch == 0)
                    byDelta.Remove(key);
            }
    }

    static string? WrongDelta(Place stands, Place to, DeltaApplied delta)
    {
        if (delta.Reset)
            return to < stands ? $"A reset took the position from {stands} back to {to}." : null;
        if (delta.Epoch != stands.Epoch)
            return $"A delta of epoch {delta.Epoch} without reset was applied at {stands}.";
        return delta.From > stands.Revision ? $"A delta of ({delta.From}, {delta.To}] was applied at {stands}, over a gap." : to < stands ? $"A delta took the position from {stands} back to {to}." : null;
    }

    static string? Wrong(History history, PositionMoved moved)
    {
        // A reader whose claim was refused begins from nothing; that happens to an honest one only where an owner lost its history.
        if (moved.To.Epoch == 0)
            return moved.From.Epoch == 0 || history.MayBeLost(moved.Feed, 0, 0) ? null : $"What was held at {moved.From} was forgotten.";
        if (moved.To < moved.From)
            return $"The position moved from {moved.From} back to {moved.To}.";
        return moved.To.Epoch > moved.From.Epoch && !moved.ByReset ? $"The position moved from {moved.From} into another epoch, {moved.To}, without a reset." : null;
    }
}
