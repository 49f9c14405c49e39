namespace ChatGenius.Histories.Rules;

/// <summary>2: at rest every client holds, from its floor on, every entity of every feed that it may read.</summary>
internal static class NoLoss
{
    public static IEnumerable<Violation> Check(History history)
    {
        foreach (var (held, truth) in history.Readers.Where(reader => !reader.Held.Partial))
        {
            var keys = held.Entities.Select(entity => entity.Key).ToHashSet(StringComparer.Ordinal);
            var missing = truth.Entities.Where(entity => (entity.Seq == 0 || entity.Seq >= held.Floor) && !keys.Contains(entity.Key)).OrderBy(entity => entity.Revision).ToList();
            if (missing.Count > 0)
                yield return new Violation(2, $"{missing.Count} of {truth.Entities.Count} are missing at {held.Place} (floor {held.Floor}), first {missing[0].Key} of revision {missing[0].Revision}, seq {missing[0].Seq}.", held.Feed, held.Client);
        }
    }
}
