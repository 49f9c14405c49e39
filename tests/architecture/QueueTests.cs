using ChatGenius.Host;
using ChatGenius.Hosting.Applications;
using ChatGenius.Hosting.Bus;
using Microsoft.AspNetCore.Builder;

namespace ChatGenius.ArchitectureTests;

public sealed class QueueTests
{
    [Fact]
    public void EveryQueue_BeginsWithItsServiceAndIsNoOneElses()
    {
        var queues = HostApplication.Modules.SelectMany(module => QueuesOf(module).Select(queue => (module.Name, Queue: queue))).ToArray();

        Assert.NotEmpty(queues);
        foreach (var (service, queue) in queues)
            Assert.StartsWith(service + "-", queue, StringComparison.Ordinal);
        Assert.Equal(queues.Length, queues.Select(queue => queue.Queue).Distinct().Count());
    }

    // The registration that the bus is built from; it is hosting's own business, hence by name.
    static IEnumerable<string> QueuesOf(Module module)
    {
        var builder = WebApplication.CreateBuilder();
        module.Add(builder);
        return builder.Services.Select(service => service.ServiceType == typeof(BusRegistration).Assembly.GetType("ChatGenius.Hosting.Bus.BusConsumer", throwOnError: true) ? service.ImplementationInstance : null)
            .OfType<object>().Select(consumer => (string)consumer.GetType().GetProperty("Queue")!.GetValue(consumer)!);
    }
}
