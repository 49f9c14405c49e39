using System.Collections.Concurrent;
using ChatGenius.Realtime.Backplane;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChatGenius.FeedsTests.Connections;

public sealed class RedisBackplaneTests
{
    [Fact]
    public async Task Subscriptions_WhileRedisIsAway_SayThatOnceAndNotEachOfThem()
    {
        var log = new EventIds();
        using var backplane = new RedisBackplane(new RedisConnection("127.0.0.1:1"), log);
        var subscriptions = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => backplane.SubscribeAsync(Topics.Feed($"channels/{n}/messages"), _ => { })));
        foreach (var subscription in subscriptions)
            subscription.End();
        Assert.Equal([4003], log.Seen);
    }

    sealed class EventIds : ILogger<RedisBackplane>
    {
        public ConcurrentQueue<int> Seen { get; } = new();

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Seen.Enqueue(eventId.Id);
    }
}
