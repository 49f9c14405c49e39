using System.Globalization;
using ChatGenius.Bench.Measuring;
using ChatGenius.TestSupport;
using ChatGenius.TestSupport.Deployments;
using ChatGenius.TestSupport.Processes;

namespace ChatGenius.Bench.Systems;

/// <summary>YARP and nothing around it in front of a deployment's services: <c>bench/peers/yarp</c>.</summary>
internal sealed class BareYarp : IAsyncDisposable
{
    KeptProcess? _process;

    public Uri Address { get; } = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}"));

    /// <summary>Its process.</summary>
    public ServerPart Part => new("yarp", (_process ?? throw new InvalidOperationException("It was not started.")).ProcessId);

    /// <summary>Starts it in front of a deployment.</summary>
    public static async Task<BareYarp> StartAsync(IDeployment deployment)
    {
        var yarp = new BareYarp();
        yarp._process = await KeptProcess.StartAsync(new ProcessPlan
        {
            Program = Published.Program("bench/peers/yarp", "ChatGenius.Bench.Yarp"),
            Arguments =
            [
                "--urls", yarp.Address.ToString().TrimEnd('/'),
                "--realtime", deployment.Of(Service.Realtime).BaseAddress.ToString(), "--messages", deployment.Of(Service.Messages).BaseAddress.ToString(),
            ],
            LogFile = Path.Combine(Repository.Logs, "yarp.log"),
        });
        return yarp;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
    }
}
