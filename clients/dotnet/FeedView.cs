using System.Text.Json;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Feeds;

namespace ChatGenius.Client;

/// <summary>How a feed's last sync ended.</summary>
public enum Continuity
{
    /// <summary>It was not synced yet.</summary>
    Unknown,

    /// <summary>Everything since the position came; nothing is missing.</summary>
    Continued,

    /// <summary>What was held was dropped for a newer snapshot.</summary>
    Reset,

    /// <summary>The feed may not be read.</summary>
    Denied,
}

/// <summary>What a client holds of one feed, kept by the reader's rule. Position and entities change in one step. Thread-safe.</summary>
public sealed class FeedView
{
    readonly Lock _gate = new();
    readonly FeedReader _reader = new();
    readonly Dictionary<string, JsonElement> _items = new(StringComparer.Ordinal);
    TaskCompletionSource _changed = New();

    internal FeedView(FeedName name) => Name = name;

    public FeedName Name { get; }

    /// <summary>How the last sync ended.</summary>
    public Continuity Continuity { get; private set; }

    /// <summary>The seq from which a messages feed is held; 1 for the whole channel.</summary>
    public long Floor
    {
        get
        {
            lock (_gate)
                return _reader.Floor;
        }
    }

    /// <summary>Where the view stands; epoch 0 while it holds nothing.</summary>
    public Position Position
    {
        get
        {
            lock (_gate)
                return new Position { Feed = Name.ToString(), Epoch = _reader.Epoch, Revision = _reader.Revision };
        }
    }

    /// <summary>The entities that are held, in revision order.</summary>
    public IReadOnlyList<JsonElement> Items
    {
        get
        {
            lock (_gate)
                return [.. _items.Values.OrderBy(FeedItems.Revision)];
        }
    }

    /// <summary>The entities that are held, typed, in revision order.</summary>
    public IReadOnlyList<T> As<T>() => [.. Items.Select(i => i.Deserialize<T>(Contracts.ContractsJson.Options)!)];

    /// <summary>Raised after each change, on the thread that brought it; handlers must be quick.</summary>
    public event Action<FeedView>? Changed;

    /// <summary>Completes once <paramref name="condition"/> holds, at once if it does.</summary>
    public async Task UntilAsync(Func<FeedView, bool> condition, CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
                changed = _changed.Task;
            if (condition(this))
                return;
            await changed.WaitAsync(cancellation);
        }
    }

    internal Need Offer(Delta delta)
    {
        ReaderStep step;
        lock (_gate)
        {
            step = _reader.Offer(delta);
            foreach (var applied in step.Applied)
                Apply(applied);
        }
        if (step.Applied.Count > 0)
            Raise();
        return step.Need;
    }

    /// <summary>What the view needs after it waited for a missing delta.</summary>
    internal Need Needed()
    {
        lock (_gate)
            return _reader.Needed();
    }

    /// <summary>Takes an entity from the answer to a command: it updates what is held, if it is newer, and never adds a place of its own.</summary>
    internal void Update(JsonElement item)
    {
        lock (_gate)
        {
            var key = FeedItems.Key(Name.Kind, item);
            if (!_items.TryGetValue(key, out var held) || FeedItems.Revision(held) >= FeedItems.Revision(item))
                return;
            _items[key] = item;
        }
        Raise();
    }

    internal void Ended(Continuity continuity)
    {
        Continuity = continuity;
        Raise();
    }

    /// <summary>Drops everything, to begin from nothing.</summary>
    internal void Forget()
    {
        lock (_gate)
        {
            _reader.StandAt(0, 0);
            _items.Clear();
        }
        Raise();
    }

    void Apply(Delta delta)
    {
        if (delta.Reset)
        {
            _items.Clear();
            Continuity = Continuity == Continuity.Unknown ? Continuity.Continued : Continuity.Reset;
        }
        foreach (var item in delta.Items)
        {
            var key = FeedItems.Key(Name.Kind, item);
            if (!_items.TryGetValue(key, out var held) || FeedItems.Revision(item) > FeedItems.Revision(held))
                _items[key] = item;
        }
    }

    void Raise()
    {
        TaskCompletionSource changed;
        lock (_gate)
            (changed, _changed) = (_changed, New());
        changed.TrySetResult();
        Changed?.Invoke(this);
    }

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
