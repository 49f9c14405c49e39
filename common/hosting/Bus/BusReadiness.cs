using MassTransit;

namespace ChatGenius.Hosting.Bus;

/// <summary>Whether the bus is connected.</summary>
internal sealed class BusReadiness(IBusControl bus) : IReadiness
{
    public string Name => "bus";

    public bool IsReady => bus.CheckHealth().Status == BusHealthStatus.Healthy;

    public string? Waiting => IsReady ? null : "The message broker cannot be reached. Check ConnectionStrings__RabbitMq; it is tried again.";
}
