using System.Text.Json.Nodes;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Host;
using ChatGenius.Hosting.Bus;
using MassTransit;
using static ChatGenius.EdgeTests.Descriptions.Events.HubDescription;

namespace ChatGenius.EdgeTests.Descriptions.Events;

/// <summary>What services say to each other on the broker, as AsyncAPI 3: an exchange for each event, a queue for each consumer, in MassTransit's form.</summary>
internal static class BusDescription
{
    const string ContentType = "application/vnd.masstransit+json";

    /// <summary>Events in the contracts, by the service that publishes them.</summary>
    public static IReadOnlyList<(string Service, Type Event)> Events { get; } =
        [.. typeof(Delta).Assembly.GetTypes().Where(t => t.Name.EndsWith("FeedsChanged", StringComparison.Ordinal)).Select(t => (t.Name[..^"FeedsChanged".Length].ToLowerInvariant(), t)).OrderBy(e => e.Item1, StringComparer.Ordinal)];

    /// <summary>Queues as the modules register them, with what each consumes.</summary>
    public static IReadOnlyList<(string Queue, IReadOnlyList<Type> Events)> Queues { get; } = [.. HostApplication.Modules.SelectMany(module =>
    {
        var builder = WebApplication.CreateBuilder();
        module.Add(builder);
        // The registration is hosting's own business, hence by name.
        var registration = typeof(BusRegistration).Assembly.GetType("ChatGenius.Hosting.Bus.BusConsumer", throwOnError: true)!;
        return builder.Services.Where(s => s.ServiceType == registration).Select(s => s.ImplementationInstance!)
            .Select(c => ((string)registration.GetProperty("Queue")!.GetValue(c)!, (IReadOnlyList<Type>)[.. Consumed((Type)registration.GetProperty("Consumer")!.GetValue(c)!)]));
    })];

    /// <summary>The exchange of an event, as MassTransit names it.</summary>
    public static string Exchange(Type happening) => $"{happening.Namespace}:{happening.Name}";

    public static JsonObject Describe()
    {
        var comments = new DocComments(typeof(Delta).Assembly);
        var shapes = new Shapes(comments);
        var (channels, operations, messages) = (new JsonObject(), new JsonObject(), new JsonObject());
        foreach (var (service, happening) in Events)
        {
            messages[happening.Name] = new JsonObject
            {
                ["name"] = happening.Name, ["title"] = happening.Name, ["summary"] = comments.Of(happening), ["contentType"] = ContentType, ["payload"] = Envelope(happening, shapes),
            };
            channels[happening.Name] = new JsonObject
            {
                ["address"] = Exchange(happening),
                ["description"] = "Best effort: what is lost is found when followers compare heads. A commit's deltas, those of many channels together, are one message.",
                ["messages"] = Messages([happening]),
                ["bindings"] = new JsonObject { ["amqp"] = new JsonObject { ["is"] = "routingKey", ["exchange"] = new JsonObject { ["name"] = Exchange(happening), ["type"] = "fanout", ["durable"] = true, ["autoDelete"] = false }, ["bindingVersion"] = "0.3.0" } },
            };
            operations[service + "Publishes"] = Operation("send", happening.Name, $"The {service} service tells what it committed.", [happening]);
        }
        foreach (var (queue, happenings) in Queues)
        {
            channels[queue] = new JsonObject
            {
                ["address"] = queue,
                ["description"] = "Shared by the instances of its service. It keeps 20,000 messages for 60 s and then lets the oldest go.",
                ["messages"] = Messages(happenings),
                ["bindings"] = new JsonObject { ["amqp"] = new JsonObject { ["is"] = "queue", ["queue"] = new JsonObject { ["name"] = queue, ["durable"] = true, ["exclusive"] = false, ["autoDelete"] = false }, ["bindingVersion"] = "0.3.0" } },
            };
            operations[queue] = Operation("receive", queue, $"The {queue.Split('-')[0]} service takes them.", happenings);
        }
        return new JsonObject
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = new JsonObject
            {
                ["title"] = "ChatGenius bus",
                ["version"] = "v1",
                ["description"] = "What the services of one deployment say to each other on the broker. For operators and contributors: clients use the hub.",
                ["license"] = new JsonObject { ["name"] = "MIT" },
                ["tags"] = new JsonArray(new JsonObject { ["name"] = "bus", ["description"] = "Between the services." }),
            },
            ["defaultContentType"] = ContentType,
            ["servers"] = new JsonObject { ["broker"] = new JsonObject { ["host"] = "rabbitmq:5672", ["protocol"] = "amqp", ["protocolVersion"] = "0.9.1", ["description"] = "As ConnectionStrings__RabbitMq says; in the one-process host the bus is in memory.", ["security"] = new JsonArray(Reference("#/components/securitySchemes/broker")) } },
            ["channels"] = channels,
            ["operations"] = operations,
            ["components"] = new JsonObject
            {
                ["messages"] = messages,
                ["schemas"] = Sorted(shapes.Schemas),
                ["securitySchemes"] = new JsonObject { ["broker"] = new JsonObject { ["type"] = "userPassword", ["description"] = "The name and password in ConnectionStrings__RabbitMq." } },
            },
        };
    }

    static IEnumerable<Type> Consumed(Type consumer) =>
        consumer.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IConsumer<>)).Select(i => i.GenericTypeArguments[0]).OrderBy(t => t.Name, StringComparer.Ordinal);

    static JsonObject Messages(IEnumerable<Type> happenings) => new(happenings.Select(h => KeyValuePair.Create(h.Name, (JsonNode?)Reference("#/components/messages/" + h.Name))));

    static JsonObject Operation(string action, string channel, string summary, IEnumerable<Type> happenings) => new()
    {
        ["action"] = action,
        ["channel"] = Reference("#/channels/" + channel),
        ["summary"] = summary,
        ["messages"] = new JsonArray([.. happenings.Select(h => Reference($"#/channels/{channel}/messages/{h.Name}"))]),
    };

    static JsonObject Envelope(Type happening, Shapes shapes) => new()
    {
        ["type"] = "object",
        ["description"] = "MassTransit's envelope; what else it holds serves tracing.",
        ["required"] = new JsonArray("messageId", "messageType", "message"),
        ["properties"] = new JsonObject
        {
            ["messageId"] = new JsonObject { ["type"] = "string", ["format"] = "uuid" },
            ["messageType"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" }, ["contains"] = new JsonObject { ["const"] = $"urn:message:{Exchange(happening)}" } },
            ["message"] = shapes.Of(happening, said: false),
        },
    };
}
