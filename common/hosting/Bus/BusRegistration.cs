using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.Configuration;

namespace ChatGenius.Hosting.Bus;

/// <summary>Collects the consumers of the modules in a process into the one MassTransit registration there may be.</summary>
public static class BusRegistration
{
    /// <summary>Adds a consumer on a queue of its own.</summary>
    /// <typeparam name="TConsumer">Handles one message, is idempotent, and throws on failure; what it gives up on is let go, since followers repair at their next tick.</typeparam>
    /// <param name="builder">The process.</param>
    /// <param name="queue">The queue's name; starts with the service's name. Instances of the service share it.</param>
    public static IHostApplicationBuilder AddBusConsumer<TConsumer>(this IHostApplicationBuilder builder, string queue) where TConsumer : class, IConsumer
    {
        builder.Services.AddSingleton(new BusConsumer(queue, typeof(TConsumer), bus => bus.AddConsumer<TConsumer>().Endpoint(e =>
        {
            e.Name = queue;
            e.ConfigureConsumeTopology = true;
        })));
        return builder;
    }

    /// <summary>Registers the bus with all consumers: RabbitMQ when <c>ConnectionStrings__RabbitMq</c> is set, else in memory. Called once, after the modules.</summary>
    internal static void AddBus(this IHostApplicationBuilder builder)
    {
        var rabbit = builder.Configuration.GetConnectionString("RabbitMq");
        var consumers = builder.Services.Where(s => s.ServiceType == typeof(BusConsumer)).Select(s => (BusConsumer)s.ImplementationInstance!).ToList();
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            foreach (var consumer in consumers)
                consumer.Register(bus);
            bus.AddConfigureEndpointsCallback((_, endpoint) =>
            {
                endpoint.DiscardFaultedMessages();
                endpoint.DiscardSkippedMessages();
                endpoint.UseMessageRetry(retry => retry.Intervals(100, 500));
                endpoint.PrefetchCount = 64;
                if (endpoint is IRabbitMqReceiveEndpointConfigurator queue)
                {
                    // What waits here is only ever a hint: with nobody to read it, the oldest is let go.
                    queue.SetQueueArgument("x-max-length", 20_000);
                    queue.SetQueueArgument("x-message-ttl", 60_000);
                }
            });
            if (string.IsNullOrWhiteSpace(rabbit))
                bus.UsingInMemory((context, memory) =>
                {
                    memory.ConfigureJsonSerializerOptions(Json);
                    memory.ConfigureEndpoints(context);
                });
            else
                bus.UsingRabbitMq((context, broker) =>
                {
                    broker.Host(new Uri(rabbit));
                    broker.ConfigureJsonSerializerOptions(Json);
                    // A hint is not worth the broker's disk: written there, each is flushed before it is confirmed.
                    broker.ConfigurePublish(publish => publish.UseExecute(message => message.Durable = false));
                    broker.ConfigureEndpoints(context);
                });
            bus.ConfigureHealthCheckOptions(health => health.Tags.Add("bus"));
        });
        builder.Services.Configure<MassTransitHostOptions>(host =>
        {
            // The broker may come later: the process starts without it, and says in /health/ready what it waits for.
            host.WaitUntilStarted = false;
            host.StopTimeout = TimeSpan.FromSeconds(5);
        });
        builder.Services.AddSingleton<IReadiness, BusReadiness>();
        if (string.IsNullOrWhiteSpace(rabbit))
            return;
        // Each try of MassTransit to connect writes a page; what is to be known of it, BusWatch says in a line.
        builder.Logging.AddFilter("MassTransit", LogLevel.Error);
        builder.Services.AddHostedService<BusWatch>();
    }

    // MassTransit indents what it writes and reads around comments; nobody does either here, and whitespace was a tenth of what the realtime service did.
    static JsonSerializerOptions Json(JsonSerializerOptions options)
    {
        options.WriteIndented = false;
        options.ReadCommentHandling = JsonCommentHandling.Disallow;
        options.AllowTrailingCommas = false;
        options.Converters.Add(ContractsJson.Elements);
        return options;
    }
}

/// <summary>A consumer's part of the registration.</summary>
internal sealed record BusConsumer(string Queue, Type Consumer, Action<IBusRegistrationConfigurator> Register);
