using System.Diagnostics.Metrics;

namespace ChatGenius.Hosting.Health;

/// <summary>Says which parts of the process are ready (bus, backplane, database, followers), whenever somebody asks: what <c>/health/ready</c> says, as a metric.</summary>
internal sealed class PartMeter(IMeterFactory factory, IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var parts = services.GetServices<IReadiness>().ToArray();
        factory.Create("ChatGenius.Parts").CreateObservableGauge("chatgenius.part.ready", () => Read(parts), "{part}", "1 for a part of the process that is ready, 0 for one that is waited for.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    static IEnumerable<Measurement<int>> Read(IReadiness[] parts) => parts.Select(p => new Measurement<int>(p.IsReady ? 1 : 0, new KeyValuePair<string, object?>("part", p.Name)));
}
