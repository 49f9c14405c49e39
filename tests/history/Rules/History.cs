using ChatGenius.Contracts.Feeds;

namespace ChatGenius.Histories.Rules;

/// <summary>A history with what more than one rule asks of it.</summary>
internal sealed class History(IReadOnlyList<Observation> log, Truth truth, IReadOnlyList<Held> held, CheckOptions options)
{
    readonly List<HistoryRestored> _restores = [.. log.OfType<HistoryRestored>()];
    readonly Dictionary<string, Dictionary<string, Entity>> _owned = new(StringComparer.Ordinal);

    public IReadOnlyList<Observation> Log => log;
    public Truth Truth => truth;
    public IReadOnlyList<Held> Held => held;
    public CheckOptions Options => options;

    /// <summary>When the run ended.</summary>
    public long End { get; } = log.Count == 0 ? 0 : log.Max(observation => observation.At);

    /// <summary>What was seen of one kind, in order.</summary>
    public IEnumerable<T> Of<T>() where T : Observation => log.OfType<T>();

    /// <summary>True when what was said of a feed then may have been lost by a declared restore of its owner.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="epoch">The epoch in which it was said; 0 where that is not known, and the time tells.</param>
    /// <param name="at">When it was said.</param>
    public bool MayBeLost(string feed, long epoch, long at) =>
        _restores.Count > 0 && FeedName.Parse(feed).Owner is var owner && _restores.Exists(restore => restore.Owner == owner && (epoch > 0 ? epoch < restore.Epoch : at <= restore.At));

    /// <summary>True when what was done in a feed may have been lost by a restore between then and another time. Epochs do not tell: a second restore may end in a lower one.</summary>
    public bool WasTakenBack(string feed, long done, long at) => FeedName.Parse(feed).Owner is var owner && _restores.Exists(restore => restore.Owner == owner && restore.At >= done && restore.At <= at);

    /// <summary>What a client has to hold: what it holds of a feed that it may read, beside the owner's state.</summary>
    public IEnumerable<(Held Held, FeedTruth Truth)> Readers => held.Where(h => h.MayRead && truth.Feeds.ContainsKey(h.Feed)).Select(h => (h, truth.Feeds[h.Feed]));

    /// <summary>What the owner holds of a feed, by key.</summary>
    public IReadOnlyDictionary<string, Entity> Owned(FeedTruth feed)
    {
        if (!_owned.TryGetValue(feed.Feed, out var owned))
        {
            _owned[feed.Feed] = owned = new(feed.Entities.Count, StringComparer.Ordinal);
            foreach (var entity in feed.Entities)
                owned[entity.Key] = entity;
        }
        return owned;
    }
}
