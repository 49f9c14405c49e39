using ChatGenius.TestSupport.Processes;

namespace ChatGenius.TestSupport.Deployments;

/// <summary>The one-process host, with its data in a temporary folder.</summary>
public sealed class HostDeployment : IDeployment
{
    readonly WorkFolder _work = new();
    readonly ServiceProcess _host;

    public HostDeployment(DeploymentOptions? options = null)
    {
        options ??= new DeploymentOptions();
        var port = FreePort.Next();
        var environment = new Dictionary<string, string?>
        {
            ["ChatGenius__DataPath"] = _work.Folder("data"),
            ["ChatGenius__PublicUrl"] = $"http://127.0.0.1:{port}",
        };
        foreach (var (name, value) in options.Environment)
            environment[name] = value;
        var logs = Directory.CreateDirectory(Path.Combine(Repository.Logs, options.LogName ?? Name)).FullName;
        _host = new ServiceProcess(Service.Host, options.Program("host", "ChatGenius.Host"), port, Path.Combine(logs, "host.log"), environment, options.Arguments);
    }

    public string Name => "host";
    public Uri BaseAddress => _host.BaseAddress;
    public IReadOnlyList<ServiceProcess> Processes => [_host];

    /// <summary>Where its databases and keys are.</summary>
    public string DataPath => _work.Folder("data");

    public Task StartAsync(CancellationToken cancel = default) => _host.StartAsync(cancel);

    public ServiceProcess Of(string service, int instance = 0) => _host;

    public ValueTask DisposeAsync() => Parts.EndAsync([_host, _work]);
}
