namespace ChatGenius.Histories.Rules;

/// <summary>1: revisions and seqs are contiguous, and what was said about a range of revisions stays true: nothing appears in it later.</summary>
internal static class CommitOrder
{
    public static IEnumerable<Violation> Check(History history) => history.Truth.Feeds.Values.SelectMany(Contiguous).Concat(OneEntityOneRevision(history)).Concat(NothingAppearsLater(history));

    static IEnumerable<Violation> Contiguous(FeedTruth truth)
    {
        var highest = truth.Entities.Count == 0 ? 0 : truth.Entities.Max(entity => entity.Revision);
        if (highest != truth.Head)
            yield return new Violation(1, $"The head is {truth.Head} and the last change is {highest}.", truth.Feed);
        foreach (var group in truth.Entities.GroupBy(entity => entity.Revision).Where(group => group.Count() > 1))
            yield return new Violation(1, $"Revision {group.Key} was given to {string.Join(", ", group.Select(entity => entity.Key))}.", truth.Feed);
        var expected = 1L;
        foreach (var message in truth.Messages.OrderBy(message => message.Seq))
        {
            if (message.Seq != expected)
            {
                yield return new Violation(1, $"After seq {expected - 1} comes {message.Seq}.", truth.Feed);
                yield break;
            }
            expected++;
        }
    }

    static IEnumerable<Violation> OneEntityOneRevision(History history)
    {
        var owner = new Dictionary<(string Feed, long Epoch, long Revision), string>();
        foreach (var delta in history.Of<DeltaApplied>())
        {
            // A reset into a restored epoch carries what was changed in the ones before.
            foreach (var entity in delta.Items)
                if (!owner.TryAdd((delta.Feed, delta.Epoch, entity.Revision), entity.Key) && owner[(delta.Feed, delta.Epoch, entity.Revision)] is var other && other != entity.Key)
                    yield return new Violation(1, $"Revision {entity.Revision} of epoch {delta.Epoch} was said of {other} and of {entity.Key}.", delta.Feed, delta.Client, delta.At);
            if (delta.Items.Any(entity => entity.Revision > delta.To || (!delta.Reset && entity.Revision <= delta.From)))
                yield return new Violation(1, $"A delta of ({delta.From}, {delta.To}] carries a change from outside it.", delta.Feed, delta.Client, delta.At);
        }
    }

    static IEnumerable<Violation> NothingAppearsLater(History history)
    {
        var sorted = new Dictionary<string, Entity[]>(StringComparer.Ordinal);
        foreach (var delta in history.Of<DeltaApplied>())
        {
            if (!history.Truth.Feeds.TryGetValue(delta.Feed, out var truth) || delta.Epoch != truth.Epoch)
                continue;
            if (delta.To > truth.Head)
                yield return new Violation(1, $"A delta went to {delta.To} and the head is {truth.Head} in the same epoch.", delta.Feed, delta.Client, delta.At);
            if (!sorted.TryGetValue(delta.Feed, out var entities))
                sorted[delta.Feed] = entities = [.. truth.Entities.OrderBy(entity => entity.Revision)];
            var said = delta.Items.Select(entity => entity.Revision).ToHashSet();
            for (var i = FirstAfter(entities, delta.Reset ? 0 : delta.From); i < entities.Length && entities[i].Revision <= delta.To; i++)
                if (!said.Contains(entities[i].Revision) && !(delta.Reset && entities[i].Seq > 0 && entities[i].Seq < (delta.Floor ?? 1)))
                    yield return new Violation(1, $"A delta of ({delta.From}, {delta.To}] lacks {entities[i].Key}, whose last change is {entities[i].Revision}.", delta.Feed, delta.Client, delta.At);
        }
    }

    static int FirstAfter(Entity[] sorted, long revision)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle].Revision > revision ? (low, middle) : (middle + 1, high);
        }
        return low;
    }
}
