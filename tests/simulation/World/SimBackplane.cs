using ChatGenius.Realtime.Backplane;
using ChatGenius.SimulationTests.Kernel;

namespace ChatGenius.SimulationTests.World;

/// <summary>The cache server between the realtime instances.</summary>
internal sealed class SimCache(SimLoop loop)
{
    readonly List<SimBackplane> _ends = [];

    /// <summary>False while it is away: what is said meanwhile is gone.</summary>
    public bool IsUp { get; private set; } = true;

    /// <summary>While true nothing that is said is heard.</summary>
    public bool DropsAll { get; set; }

    /// <summary>One message in so many is lost; 0 for none.</summary>
    public int Loss { get; set; }

    public SimLoop Loop => loop;

    public void Add(SimBackplane end)
    {
        _ends.RemoveAll(e => !e.By.IsAlive);
        _ends.Add(end);
    }

    /// <summary>Goes away, or comes back.</summary>
    public void Up(bool up)
    {
        var restored = up && !IsUp;
        IsUp = up;
        if (restored)
            foreach (var end in _ends)
                end.Restore();
    }

    public void Say(string topic, object said)
    {
        if (!IsUp || DropsAll)
            return;
        foreach (var end in _ends)
            if (Loss == 0 || loop.Chance.Next(Loss) != 0)
                for (var copies = loop.Chance.Next(20) == 0 ? 2 : 1; copies > 0; copies--)
                    end.Hear(topic, said);
    }
}

/// <summary>One instance's end of the backplane: loses, doubles and reorders.</summary>
internal sealed class SimBackplane : IBackplane
{
    readonly SimCache _cache;
    readonly Dictionary<string, List<Subscription>> _subscriptions = new(StringComparer.Ordinal);

    public SimBackplane(SimCache cache, SimProcess by)
    {
        (_cache, By) = (cache, by);
        cache.Add(this);
    }

    public event Action? Restored;

    public SimProcess By { get; }

    public async Task<ISubscription> SubscribeAsync<T>(Topic<T> topic, Action<T> handler) where T : class
    {
        await By.Pause(TimeSpan.FromMilliseconds(_cache.Loop.Chance.Next(6) == 0 ? _cache.Loop.Chance.Next(900) : _cache.Loop.Chance.Next(8)));
        if (!_subscriptions.TryGetValue(topic.Name, out var all))
            _subscriptions[topic.Name] = all = [];
        var subscription = new Subscription(said => handler((T)said), all);
        all.Add(subscription);
        return subscription;
    }

    public void Publish<T>(Topic<T> topic, T said) where T : class => _cache.Say(topic.Name, said);

    public void Restore() => By.Do(() =>
    {
        Restored?.Invoke();
        return Task.CompletedTask;
    });

    public void Hear(string topic, object said) => By.Do(async () =>
    {
        await By.Pause(TimeSpan.FromMilliseconds(_cache.Loop.Chance.Next(10) == 0 ? _cache.Loop.Chance.Next(900) : _cache.Loop.Chance.Next(6)));
        if (_subscriptions.TryGetValue(topic, out var all))
            foreach (var subscription in all.ToList())
                subscription.Handle(said);
    });

    sealed record Subscription(Action<object> Handle, List<Subscription> All) : ISubscription
    {
        public void End() => All.Remove(this);
    }
}
