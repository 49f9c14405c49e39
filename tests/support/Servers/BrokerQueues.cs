using RabbitMQ.Client;

namespace ChatGenius.TestSupport.Servers;

/// <summary>What tests do to the queues of a broker.</summary>
public static class BrokerQueues
{
    /// <summary>Throws away what waits in these queues.</summary>
    /// <exception cref="RabbitMQ.Client.Exceptions.OperationInterruptedException">There is no such queue.</exception>
    public static async Task<uint> PurgeAsync(IServer broker, IEnumerable<string> queues, CancellationToken cancel = default)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(broker.ConnectionString) }.CreateConnectionAsync(cancel);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancel);
        var thrown = 0u;
        foreach (var queue in queues)
            thrown += await channel.QueuePurgeAsync(queue, cancel);
        return thrown;
    }
}
