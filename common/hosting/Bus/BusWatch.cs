using MassTransit;
using Microsoft.Extensions.Configuration;

namespace ChatGenius.Hosting.Bus;

/// <summary>Says once when the message broker cannot be reached, with the setting to look at, and once when it is back. MassTransit itself tries again without end.</summary>
internal sealed partial class BusWatch(IBusControl bus, IConfiguration configuration, TimeProvider time, ILogger<BusWatch> logger) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>A broker that is slower to connect to than this is said to be away.</summary>
    const int PatientTries = 5;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var address = new Uri(configuration.GetConnectionString("RabbitMq")!);
        var port = address.Port > 0 ? address.Port : address.Scheme == "amqps" ? 5671 : 5672;
        using var tick = new PeriodicTimer(Interval, time);
        for (var (tries, said) = (0, false); await NextAsync(tick, stoppingToken);)
        {
            if (bus.CheckHealth().Status == BusHealthStatus.Healthy)
            {
                if (said)
                    LogBack(address.Host, port);
                (tries, said) = (0, false);
            }
            else if (++tries >= PatientTries && !said)
            {
                LogAway(address.Host, port);
                said = true;
            }
        }
    }

    static async Task<bool> NextAsync(PeriodicTimer tick, CancellationToken cancellation)
    {
        try
        {
            return await tick.WaitForNextTickAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(1301, LogLevel.Warning, "The message broker at {Host}:{Port} cannot be reached. Check ConnectionStrings__RabbitMq; it is tried again without end.")]
    partial void LogAway(string host, int port);

    [LoggerMessage(1302, LogLevel.Information, "The message broker at {Host}:{Port} is reached.")]
    partial void LogBack(string host, int port);
}
