using StackExchange.Redis;

namespace ChatGenius.Realtime.Backplane;

/// <summary>The backplane of several instances: Redis pub/sub, one channel for each topic.</summary>
internal sealed partial class RedisBackplane : IBackplane, IReadiness, IDisposable
{
    /// <summary>How long a subscription may take before it is left to the reconnect.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    readonly ILogger<RedisBackplane> _logger;
    readonly ConnectionMultiplexer _redis;
    readonly ISubscriber _subscriber;
    int _away;

    public RedisBackplane(RedisConnection connection, ILogger<RedisBackplane> logger)
    {
        (_logger, _redis) = (logger, connection.Redis);
        _subscriber = _redis.GetSubscriber();
        _redis.ConnectionFailed += (_, e) =>
        {
            if (e.ConnectionType == ConnectionType.Subscription)
                SayAway();
        };
        _redis.ConnectionRestored += (_, e) =>
        {
            if (e.ConnectionType != ConnectionType.Subscription)
                return;
            if (Interlocked.Exchange(ref _away, 0) == 1)
                LogBack();
            Restored?.Invoke();
        };
    }

    public event Action? Restored;

    public string Name => "backplane";
    public bool IsReady => _redis.IsConnected;
    public string? Waiting => IsReady ? null : "Redis cannot be reached. Check ConnectionStrings__Redis; it is tried again.";

    public async Task<ISubscription> SubscribeAsync<T>(Topic<T> topic, Action<T> handler) where T : class
    {
        var subscription = new RedisSubscription();
        var standing = StandAsync(subscription, topic, handler);
        await Task.WhenAny(standing, Task.Delay(Patience));
        return subscription;
    }

    public void Publish<T>(Topic<T> topic, T said) where T : class =>
        _subscriber.Publish(RedisChannel.Literal(topic.Name), JsonSerializer.SerializeToUtf8Bytes(said, ContractsJson.Options), CommandFlags.FireAndForget);

    public void Dispose() => _redis.Dispose();

    // Goes on until it stands: what is said meanwhile the followers find at their next tick.
    async Task StandAsync<T>(RedisSubscription subscription, Topic<T> topic, Action<T> handler) where T : class
    {
        while (!subscription.HasEnded)
        {
            try
            {
                var queue = await _subscriber.SubscribeAsync(RedisChannel.Literal(topic.Name));
                queue.OnMessage(message => Handle(topic, handler, message.Message));
                subscription.Stands(queue);
                return;
            }
            catch (Exception away) when (away is RedisException or TimeoutException)
            {
                if (IsReady)
                    LogSubscriptionLate(topic.Name, away.Message);
                else
                    SayAway();
                await Task.Delay(Patience);
            }
        }
    }

    // Once, however many subscriptions wait for it.
    void SayAway()
    {
        if (Interlocked.Exchange(ref _away, 1) == 0)
            LogAway();
    }

    void Handle<T>(Topic<T> topic, Action<T> handler, RedisValue message) where T : class
    {
        try
        {
            if (JsonSerializer.Deserialize<T>(((ReadOnlyMemory<byte>)message).Span, ContractsJson.Options) is { } said)
                handler(said);
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException)
        {
            LogUnreadable(topic.Name, unreadable.GetType().Name);
        }
    }

    [LoggerMessage(4001, LogLevel.Warning, "The subscription to {Topic} does not stand yet: {Failure}")]
    partial void LogSubscriptionLate(string topic, string failure);

    [LoggerMessage(4002, LogLevel.Warning, "A message on {Topic} could not be read ({Kind}); it is left out.")]
    partial void LogUnreadable(string topic, string kind);

    [LoggerMessage(4003, LogLevel.Warning, "Redis cannot be reached. Check ConnectionStrings__Redis; it is tried again without end.")]
    partial void LogAway();

    [LoggerMessage(4004, LogLevel.Information, "Redis is reached.")]
    partial void LogBack();
}

/// <summary>A subscription, which may be ended before it stands.</summary>
internal sealed class RedisSubscription : ISubscription
{
    readonly Lock _gate = new();
    ChannelMessageQueue? _queue;

    public bool HasEnded { get; private set; }

    /// <summary>Says that the subscription stands now.</summary>
    public void Stands(ChannelMessageQueue queue)
    {
        lock (_gate)
            _queue = queue;
        if (HasEnded)
            End();
    }

    public void End()
    {
        lock (_gate)
        {
            HasEnded = true;
            _queue?.Unsubscribe(CommandFlags.FireAndForget);
        }
    }
}

/// <summary>The one connection to Redis; made at once, and again by itself whenever it is lost.</summary>
internal sealed class RedisConnection(string connectionString)
{
    public ConnectionMultiplexer Redis { get; } = Connect(connectionString);

    static ConnectionMultiplexer Connect(string text)
    {
        var options = ConfigurationOptions.Parse(text);
        options.AbortOnConnectFail = false;
        // Of the first connection only, which the start waits for; afterwards it is tried without end.
        options.ConnectRetry = 1;
        options.ReconnectRetryPolicy = new ExponentialRetry(200, 2000);
        // Ten threads of its own, as it has by default, are ten more to be woken one after the other; nothing here blocks the pool.
        options.SocketManager = SocketManager.ThreadPool;
        options.ConnectTimeout = 2000;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        return ConnectionMultiplexer.Connect(options);
    }
}
