namespace ChatGenius.Histories.Rules;

/// <summary>6: what snapshot and deltas made of a feed is what a snapshot of now would be, entity by entity.</summary>
internal static class Equivalence
{
    public static IEnumerable<Violation> Check(History history)
    {
        foreach (var (held, truth) in history.Readers)
        {
            var owned = history.Owned(truth);
            foreach (var entity in held.Entities)
                if (!owned.TryGetValue(entity.Key, out var now))
                    yield return new Violation(6, $"{entity.Key} of revision {entity.Revision} is held and is not there.", held.Feed, held.Client);
                else if (entity.Revision != now.Revision)
                    yield return new Violation(6, $"{entity.Key} is held at revision {entity.Revision} and stands at {now.Revision}.", held.Feed, held.Client);
                else if (entity.Content != now.Content && entity.Content != 0 && now.Content != 0)
                    yield return new Violation(6, $"{entity.Key} of revision {entity.Revision} is held with other content.", held.Feed, held.Client);
            if (held.Entities.Select(entity => entity.Key).Distinct(StringComparer.Ordinal).Count() != held.Entities.Count)
                yield return new Violation(6, "Something is held twice.", held.Feed, held.Client);
        }
    }
}
