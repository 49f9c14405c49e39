using ChatGenius.TelemetryTests.Otlp;

namespace ChatGenius.TelemetryTests.Watching;

/// <summary>Separate processes that export all they know of themselves, and one conversation with its mishaps, which happened before the first test looks.</summary>
[CollectionDefinition(Name)]
public sealed class WatchedDeployment : IAsyncLifetime, ICollectionFixture<WatchedDeployment>
{
    public const string Name = "watched";

    OtlpReceiver? _receiver;
    DistributedDeployment? _deployment;
    Conversation? _conversation;

    internal OtlpReceiver Receiver => _receiver!;
    internal DistributedDeployment Deployment => _deployment!;

    /// <summary>What was said and done.</summary>
    internal Conversation Said => _conversation!;

    public async Task InitializeAsync()
    {
        _receiver = await OtlpReceiver.StartAsync();
        _deployment = new DistributedDeployment(new DeploymentOptions
        {
            Instances = new Dictionary<string, int> { [Service.Realtime] = 2 },
            ProxiedHops = true,
            LogName = Name,
            // One delta may wait for a connection: the next overflows.
            Environment = new Dictionary<string, string?>(_receiver.Settings) { ["ChatGenius__Realtime__QueueDeltas"] = "1" },
        });
        await _deployment.StartAsync();
        _conversation = new Conversation(_deployment);
        await _conversation.HoldAsync();
        var exports = _receiver.Exports("metrics");
        await Eventually.True(() => _receiver.Exports("metrics") > exports + (3 * _deployment.Processes.Count), TimeSpan.FromSeconds(30), "what happened last is exported");
    }

    public async Task DisposeAsync()
    {
        _conversation?.Dispose();
        if (_deployment is not null)
            await _deployment.DisposeAsync();
        if (_receiver is not null)
            await _receiver.DisposeAsync();
    }
}
