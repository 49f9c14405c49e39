using System.Text.Json;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Feeds;
using ChatGenius.Histories;

namespace ChatGenius.FaultTests.LightClients;

/// <summary>What a light client holds of a feed, by the project's own reader's rule. Thread-safe.</summary>
/// <param name="name">The feed.</param>
/// <param name="keep">False for one of thousands, which stands where it should and keeps nothing.</param>
internal sealed class LightFeed(FeedName name, bool keep)
{
    readonly Lock _gate = new();
    readonly FeedReader _reader = new();
    readonly Dictionary<string, JsonElement> _items = new(StringComparer.Ordinal);

    public FeedName Name => name;

    /// <summary>True while a sync has asked and not been answered to the head.</summary>
    public bool Resuming { get; set; }

    public bool WasReset { get; private set; }

    /// <summary>True when the last answer was that it may not be read.</summary>
    public bool Denied { get; set; }

    public Position Position
    {
        get
        {
            lock (_gate)
                return new Position { Feed = name.ToString(), Epoch = _reader.Epoch, Revision = _reader.Revision };
        }
    }

    public SyncPosition Asks() => new() { Feed = name.ToString(), Epoch = Position.Epoch, Revision = Position.Revision };

    /// <summary>Offers a delta; tells what was applied before anyone can see the next.</summary>
    public Need Offer(Delta delta, Action<Delta>? applied)
    {
        lock (_gate)
        {
            var step = _reader.Offer(delta);
            foreach (var taken in step.Applied)
            {
                WasReset |= taken.Reset;
                if (keep)
                    Apply(taken);
                applied?.Invoke(taken);
            }
            return step.Need;
        }
    }

    /// <summary>What it needs, judged by what waits.</summary>
    public Need Needed()
    {
        lock (_gate)
            return _reader.Needed();
    }

    /// <summary>Begins from nothing: what it claimed was refused.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _reader.StandAt(0, 0);
            _items.Clear();
        }
    }

    /// <summary>Begins a resume.</summary>
    public void Begin() => (Resuming, WasReset) = (true, false);

    public Held Held(string client, Guid user, bool mayRead)
    {
        lock (_gate)
            return Histories.Held.Of(client, user, Position, _reader.Floor, _items.Values, mayRead) with { Partial = !keep };
    }

    void Apply(Delta delta)
    {
        if (delta.Reset)
            _items.Clear();
        foreach (var item in delta.Items)
        {
            var key = FeedItems.Key(name.Kind, item);
            if (!_items.TryGetValue(key, out var held) || FeedItems.Revision(item) > FeedItems.Revision(held))
                _items[key] = item;
        }
    }
}
