using System.Security.Cryptography;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using StackExchange.Redis;

namespace ChatGenius.TestSupport.Servers;

/// <summary>
/// Makes a broker and a cache carry nothing while they look well: the broker confirms every event and has nowhere to bring it, the cache lets its user do everything but publish.
/// Thread-safe.
/// </summary>
public sealed class DeafServers : IAsyncDisposable
{
    /// <summary>What services say on the bus, as MassTransit names the exchange of a message type.</summary>
    static readonly string[] Events =
    [
        "ChatGenius.Contracts.Feeds:IdentityFeedsChanged", "ChatGenius.Contracts.Feeds:ChannelsFeedsChanged", "ChatGenius.Contracts.Feeds:MessagesFeedsChanged",
    ];

    readonly IServer _broker;
    readonly IServer _cache;
    readonly string _user = "deaf-" + RandomNumberGenerator.GetHexString(8, lowercase: true);

    DeafServers(TestServers servers)
    {
        (_broker, _cache) = (servers.RabbitMq, servers.Redis);
        CacheConnectionString = $"{_cache.ConnectionString},user={_user},password={_user}";
    }

    /// <summary>How to reach the cache as the user who may not publish.</summary>
    public string CacheConnectionString { get; }

    /// <summary>Makes the cache's user. The broker is deafened by <see cref="DeafenBrokerAsync"/>, once the services have declared what they listen to.</summary>
    public static async Task<DeafServers> PrepareAsync(TestServers servers)
    {
        var deaf = new DeafServers(servers);
        await deaf.AskCacheAsync("ACL", "SETUSER", deaf._user, "on", ">" + deaf._user, "~*", "&*", "+@all", "-publish");
        return deaf;
    }

    /// <summary>Takes away every binding of the events' exchanges.</summary>
    public async Task DeafenBrokerAsync(CancellationToken cancel = default)
    {
        await using var connection = await ConnectAsync(cancel);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancel);
        foreach (var exchange in Events)
        {
            // An exchange that is made anew has no bindings, whoever had made them.
            await channel.ExchangeDeleteAsync(exchange, cancellationToken: cancel);
            await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true, cancellationToken: cancel);
        }
    }

    /// <summary>The events that the broker would still bring somewhere; none when it is deaf.</summary>
    public async Task<IReadOnlyList<string>> EventsHeardAsync(CancellationToken cancel = default)
    {
        await using var connection = await ConnectAsync(cancel);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancel);
        var heard = new List<string>();
        foreach (var exchange in Events)
        {
            try
            {
                await channel.BasicPublishAsync(exchange, "", mandatory: true, ReadOnlyMemory<byte>.Empty, cancel);
                heard.Add(exchange);
            }
            catch (PublishException returned) when (returned.IsReturn)
            {
                // It had nowhere to go.
            }
        }
        return heard;
    }

    /// <summary>True when the cache lets its user publish.</summary>
    public async Task<bool> CacheCarriesAsync()
    {
        await using var cache = await ConnectionMultiplexer.ConnectAsync(CacheConnectionString);
        try
        {
            await cache.GetSubscriber().PublishAsync(RedisChannel.Literal("anything"), "said");
            return true;
        }
        catch (RedisServerException refused) when (refused.Message.StartsWith("NOPERM", StringComparison.Ordinal))
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // A server given by the environment outlives the test.
        if (!_cache.CanBeStopped)
            await AskCacheAsync("ACL", "DELUSER", _user);
    }

    async Task AskCacheAsync(string command, params object[] arguments)
    {
        await using var cache = await ConnectionMultiplexer.ConnectAsync(_cache.ConnectionString);
        await cache.GetDatabase().ExecuteAsync(command, arguments);
    }

    Task<IConnection> ConnectAsync(CancellationToken cancel) => new ConnectionFactory { Uri = new Uri(_broker.ConnectionString) }.CreateConnectionAsync(cancel);
}
