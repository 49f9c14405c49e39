using ChatGenius.Realtime.LiveFeeds;

namespace ChatGenius.Realtime.Backplane;

/// <summary>
/// Carries what happened to every instance that has a reader for it. It may lose, double and reorder: what matters is found by comparing heads.
/// Handlers are called in the order of arrival for each topic, and must not wait. Thread-safe.
/// </summary>
internal interface IBackplane
{
    /// <summary>Raised when the connection is back after it was lost: whatever was said meanwhile is gone.</summary>
    event Action? Restored;

    /// <summary>Subscribes to a topic. Returns when the subscription stands, or after a short wait when the backplane is away; then it stands soon after that is back.</summary>
    Task<ISubscription> SubscribeAsync<T>(Topic<T> topic, Action<T> handler) where T : class;

    /// <summary>Says something on a topic; never waits for readers.</summary>
    void Publish<T>(Topic<T> topic, T said) where T : class;
}

/// <summary>One handler's subscription to a topic. Thread-safe.</summary>
internal interface ISubscription
{
    /// <summary>Ends this subscription and no other; never waits.</summary>
    void End();
}

/// <summary>A topic and what is said on it. The only place that builds the names.</summary>
/// <typeparam name="T">What is said.</typeparam>
internal readonly record struct Topic<T>(string Name);

/// <summary>The topics there are.</summary>
internal static class Topics
{
    const string Prefix = "chatgenius:";

    /// <summary>The deltas of a feed.</summary>
    public static Topic<FeedSaid> Feed(string feed) => new($"{Prefix}feed:{feed}");

    /// <summary>Who writes in a channel.</summary>
    public static Topic<TypingSeen> Typing(Guid channel) => new($"{Prefix}typing:{channel:D}");

    /// <summary>Changes of presence.</summary>
    public static Topic<PresenceSeen[]> Presence { get; } = new(Prefix + "presence");

    /// <summary>The cache key of a user's presence: a hash of instance to lease.</summary>
    public static string PresenceKey(Guid user) => $"{Prefix}presence:{user:D}";
}
