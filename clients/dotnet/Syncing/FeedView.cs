using System.Text.Json;
using ChatGenius.Contracts;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Messages;
using ChatGenius.Feeds;

namespace ChatGenius.Client;

/// <summary>What a client holds of one feed, kept by the reader's rule. Position and entities change in one step. Thread-safe.</summary>
public sealed partial class FeedView
{
    readonly Lock _gate = new();
    readonly FeedReader _reader;
    readonly Bug _bug;
    readonly Dictionary<string, JsonElement> _items = new(StringComparer.Ordinal);
    TaskCompletionSource _changed = New();

    internal FeedView(FeedName name, Bug bug = Bug.None) => (Name, _bug, _reader) = (name, bug, new FeedReader(FeedReader.DefaultSetAside, bug));

    public FeedName Name { get; }

    internal Action<Exception> HandlerFailed { get; init; } = static _ => { };

    /// <summary>How the last sync ended.</summary>
    public Continuity Continuity { get; private set; }

    /// <summary>The newest head that the server told, with <c>lastSeq</c> on messages feeds; null before the first sync.</summary>
    public Head? Head { get; private set; }

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

    /// <summary>The entities that are held, in revision order. Of a messages feed also changed ones from below the floor; see <see cref="Messages"/>.</summary>
    public IReadOnlyList<JsonElement> Items
    {
        get
        {
            lock (_gate)
                return [.. _items.Values.OrderBy(FeedItems.Revision)];
        }
    }

    /// <summary>The messages from the floor on in seq order, tombstones and replies included: whole, without a hole.</summary>
    public IReadOnlyList<Message> Messages
    {
        get
        {
            lock (_gate)
                return [.. _items.Values.Select(i => i.Deserialize<Message>(ContractsJson.Options)!).Where(m => m.Seq >= _reader.Floor).OrderBy(m => m.Seq)];
        }
    }

    /// <summary>The entities that are held, typed, in revision order.</summary>
    public IReadOnlyList<T> As<T>() => [.. Items.Select(i => i.Deserialize<T>(ContractsJson.Options)!)];

    /// <summary>Raised after each change, where it was brought; handlers must be quick. What one throws is logged and harms nobody else.</summary>
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
            await changed.OrCancelledAsync(cancellation);
        }
    }

    /// <summary>Puts entities in that were fetched, each unless a newer one is held.</summary>
    /// <param name="readAt">The position that came with them.</param>
    /// <returns>False when they are older than the view: nothing was put in, fetch them again.</returns>
    public bool TryPut<T>(Position readAt, IEnumerable<T> entities)
    {
        lock (_gate)
        {
            if (!PageRule.IsCurrent(_reader.Epoch, _reader.Revision, readAt))
                return false;
            foreach (var entity in entities)
                Put(ContractsJson.ToItem(entity));
        }
        Raise();
        return true;
    }

    /// <summary>Told of each delta as it is applied, and of null when everything is dropped to begin from nothing; must be quick.</summary>
    internal Action<Delta?>? Applied { get; set; }

    internal ReaderStep Offer(Delta delta)
    {
        lock (_gate)
        {
            var step = _reader.Offer(delta);
            foreach (var applied in step.Applied)
            {
                Applied?.Invoke(applied);
                if (applied.Reset)
                    Drop();
                foreach (var item in applied.Items)
                    Put(item);
            }
            return step;
        }
    }

    /// <summary>What the view needs, judged by what still waits.</summary>
    internal Need Needed()
    {
        lock (_gate)
            return _reader.Needed();
    }

    /// <summary>How often everything was dropped.</summary>
    internal int Drops { get; private set; }

    /// <summary>Takes an entity from the answer to a command: it updates what is held, if it is newer, and never adds a place of its own.</summary>
    /// <param name="drops">What <see cref="Drops"/> was when the command was sent: an answer says no epoch, so it may come from a history that was dropped since.</param>
    /// <returns>False when it changed nothing.</returns>
    internal bool Update(JsonElement item, int drops)
    {
        lock (_gate)
            return (Drops == drops || _bug == Bug.AnswerTakenAcrossAReset) && _items.ContainsKey(FeedItems.Key(Name.Kind, item)) && Put(item);
    }

    /// <summary>Joins a page of history that lies on the floor.</summary>
    internal bool TryJoin(MessagePage page)
    {
        lock (_gate)
        {
            var floor = _reader.Floor;
            if (page.Items.Count == 0 || !_reader.TryJoin(page.Feed, page.Items[0].Seq, page.Items[^1].Seq))
                return false;
            foreach (var message in page.Items.Where(m => m.Seq < floor))
                Put(ContractsJson.ToItem(message));
        }
        Raise();
        return true;
    }

    internal bool TryGet(string key, out JsonElement item)
    {
        lock (_gate)
            return _items.TryGetValue(key, out item);
    }

    internal void Ended(Continuity continuity)
    {
        lock (_gate)
        {
            if (Continuity != continuity)
                Touch();
            Continuity = continuity;
        }
    }

    internal void Told(Head head)
    {
        lock (_gate)
        {
            if (Head is { } told && (head.Epoch < told.Epoch || (head.Epoch == told.Epoch && head.Revision <= told.Revision)))
                return;
            Head = head;
        }
    }

    /// <summary>True when this head lies beyond where the view stands.</summary>
    internal bool IsBehind(Head head)
    {
        lock (_gate)
            return head.Epoch > _reader.Epoch || (head.Epoch == _reader.Epoch && head.Revision > _reader.Revision);
    }

    /// <summary>Drops everything, to begin from nothing.</summary>
    internal void Forget()
    {
        lock (_gate)
        {
            Applied?.Invoke(null);
            _reader.StandAt(0, 0);
            Drop();
            Head = null;
        }
    }

    internal void Raise()
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            (changed, _changed) = (_changed, New());
            foreach (var onlooker in _onlookers)
                onlooker.Wakeup.Call();
        }
        changed.TrySetResult();
        Handlers.Tell(Changed, this, HandlerFailed);
    }

    void Touch()
    {
        foreach (var onlooker in _onlookers)
            onlooker.Touch();
    }

    void Drop()
    {
        _items.Clear();
        Drops++;
        foreach (var onlooker in _onlookers)
            onlooker.Dropped();
    }

    bool Put(JsonElement item)
    {
        var key = FeedItems.Key(Name.Kind, item);
        if (_items.TryGetValue(key, out var held) && FeedItems.Revision(item) <= FeedItems.Revision(held) && _bug != Bug.OlderOverwritesNewer)
            return false;
        _items[key] = item;
        foreach (var onlooker in _onlookers)
            onlooker.Put(item);
        return true;
    }

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
