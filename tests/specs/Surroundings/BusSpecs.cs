using ChatGenius.TestSupport;
using ChatGenius.TestSupport.Deployments;
using ChatGenius.TestSupport.Waiting;
using RabbitMQ.Client;

namespace ChatGenius.Specs.Surroundings;

/// <summary>The broker of a running deployment against <c>docs/asyncapi/bus.json</c>.</summary>
[Collection(DistributedCollection.Name)]
public sealed class BusSpecs(DistributedFixture fixture)
{
    [Fact]
    public async Task EveryExchangeAndQueue_IsThereAsDescribed()
    {
        using var bus = Described();
        await using var connection = await ConnectAsync();
        foreach (var described in bus.RootElement.GetProperty("channels").EnumerateObject())
        {
            // What is missing closes the channel, with its name in the error.
            await using var channel = await connection.CreateChannelAsync();
            var (binding, address) = (described.Value.GetProperty("bindings").GetProperty("amqp"), described.Value.GetProperty("address").GetString()!);
            if (binding.GetProperty("is").GetString() == "queue")
                Assert.True((await channel.QueueDeclarePassiveAsync(address)).ConsumerCount > 0);
            else
                await channel.ExchangeDeclarePassiveAsync(address);
        }
    }

    [Fact]
    public async Task Event_OnTheWire_HasTheFieldsThatAreDescribed()
    {
        using var bus = Described();
        var happening = bus.RootElement.GetProperty("channels").GetProperty("MessagesFeedsChanged");
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        var queue = (await channel.QueueDeclareAsync()).QueueName;
        await channel.QueueBindAsync(queue, happening.GetProperty("address").GetString()!, "");
        var ann = await fixture.PersonAsync("bus-ann");
        await ann.PostAsync(await ann.CreateChannelAsync("public"), "said on the bus");

        BasicGetResult? got = null;
        await Eventually.Succeeds(async () => Assert.NotNull(got ??= await channel.BasicGetAsync(queue, autoAck: true)));

        using var envelope = JsonDocument.Parse(got!.Body);
        var payload = bus.RootElement.GetProperty("components").GetProperty("messages").GetProperty("MessagesFeedsChanged").GetProperty("payload");
        foreach (var field in payload.GetProperty("required").EnumerateArray())
            Assert.True(envelope.RootElement.TryGetProperty(field.GetString()!, out _), $"The envelope has no {field}.");
        Assert.Contains(payload.GetProperty("properties").GetProperty("messageType").GetProperty("contains").GetProperty("const").GetString(), envelope.RootElement.GetProperty("messageType").EnumerateArray().Select(t => t.GetString()));
        var schema = bus.RootElement.GetProperty("components").GetProperty("schemas").GetProperty("Delta");
        var delta = envelope.RootElement.GetProperty("message").GetProperty("deltas")[0];
        Assert.Empty(delta.EnumerateObject().Select(f => f.Name).Except(schema.GetProperty("properties").EnumerateObject().Select(f => f.Name)));
        Assert.Equal("application/vnd.masstransit+json", got.BasicProperties.ContentType);
        Assert.False(got.BasicProperties.Persistent, "The broker writes hints to its disk, and flushes them before it confirms.");
    }

    static JsonDocument Described() => JsonDocument.Parse(File.ReadAllText(Repository.Path("docs/asyncapi/bus.json")));

    Task<IConnection> ConnectAsync() => new ConnectionFactory { Uri = new Uri(((DistributedDeployment)fixture.Deployment).Servers.RabbitMq.ConnectionString) }.CreateConnectionAsync();
}
