using System.Runtime.CompilerServices;
using ChatGenius.Hosting.Bus;
using Microsoft.Extensions.Configuration;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ChatGenius.Hosting.Doctor;

/// <summary>Looks at the broker and at the queues that this process reads.</summary>
internal sealed class BrokerCheck(IConfiguration configuration, IEnumerable<BusConsumer> consumers) : ICheck
{
    /// <summary>Messages in a queue from which somebody should look; it keeps 20,000.</summary>
    const uint Deep = 1_000;

    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (configuration.GetConnectionString("RabbitMq") is not { Length: > 0 } address)
            yield break;
        var (connection, failure) = await ConnectAsync(address, cancellation);
        if (connection is null)
        {
            yield return Finding.Fail("broker", failure!, "Check ConnectionStrings__RabbitMq (amqp://user:password@host:5672/vhost), and that RabbitMQ runs. Until then messages arrive late, by ChatGenius__FollowInterval.");
            yield break;
        }
        await using (connection)
        {
            yield return Finding.Ok("broker", $"RabbitMQ at {connection.Endpoint.HostName}:{connection.Endpoint.Port}");
            foreach (var consumer in consumers)
                yield return await QueueAsync(connection, consumer.Queue, cancellation);
        }
    }

    static async Task<(IConnection? Connection, string? Failure)> ConnectAsync(string address, CancellationToken cancellation)
    {
        try
        {
            var factory = new ConnectionFactory { Uri = new Uri(address), RequestedConnectionTimeout = TimeSpan.FromSeconds(5), AutomaticRecoveryEnabled = false };
            return (await factory.CreateConnectionAsync(cancellation), null);
        }
        catch (Exception failure) when (failure is BrokerUnreachableException or UriFormatException or ArgumentException)
        {
            return (null, failure.GetBaseException().Message);
        }
    }

    static async Task<Finding> QueueAsync(IConnection connection, string name, CancellationToken cancellation)
    {
        try
        {
            // What fails closes its channel: each queue gets one of its own.
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
            var queue = await channel.QueueDeclarePassiveAsync(name, cancellation);
            var found = $"{queue.MessageCount} messages wait, {queue.ConsumerCount} consumers";
            return queue.ConsumerCount == 0 ? Finding.Warn("queue " + name, found, "No instance of the service reads it: start one. What it misses is found by comparing heads.")
                : queue.MessageCount > Deep ? Finding.Warn("queue " + name, found, "Its readers are too slow or too few: look at their processor time, and add instances.")
                : Finding.Ok("queue " + name, found);
        }
        catch (OperationInterruptedException missing)
        {
            return missing.ShutdownReason?.ReplyCode == 404 ? Finding.Warn("queue " + name, "it is not there yet", "The service makes it at its first start.")
                : Finding.Fail("queue " + name, missing.Message, "See that the user of ConnectionStrings__RabbitMq may configure, write and read.");
        }
    }
}
