using System.Collections.Concurrent;

namespace ChatGenius.Realtime.Backplane;

/// <summary>The backplane of a single instance: a call.</summary>
internal sealed class LocalBackplane : IBackplane
{
    readonly ConcurrentDictionary<string, Delegate> _handlers = new(StringComparer.Ordinal);

    public event Action? Restored
    {
        add { }
        remove { }
    }

    public Task<ISubscription> SubscribeAsync<T>(Topic<T> topic, Action<T> handler) where T : class
    {
        _handlers[topic.Name] = handler;
        return Task.FromResult<ISubscription>(new Subscription(_handlers, new(topic.Name, handler)));
    }

    public void Publish<T>(Topic<T> topic, T said) where T : class
    {
        if (_handlers.TryGetValue(topic.Name, out var handler))
            ((Action<T>)handler)(said);
    }

    sealed class Subscription(ConcurrentDictionary<string, Delegate> handlers, KeyValuePair<string, Delegate> own) : ISubscription
    {
        public void End() => handlers.TryRemove(own);
    }
}
