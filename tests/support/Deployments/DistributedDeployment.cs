using System.Globalization;
using System.Security.Cryptography;
using ChatGenius.TestSupport.Processes;
using ChatGenius.TestSupport.Servers;

namespace ChatGenius.TestSupport.Deployments;

/// <summary>Every service in processes of its own behind the gateway, on a real PostgreSQL, RabbitMQ and Redis that belong to this deployment alone.</summary>
public sealed class DistributedDeployment(DeploymentOptions? options = null) : IDeployment
{
    static readonly (string Service, string Folder, string Assembly)[] Services =
    [
        (Service.Identity, "services/identity", "ChatGenius.Identity"),
        (Service.Channels, "services/channels", "ChatGenius.Channels"),
        (Service.Messages, "services/messages", "ChatGenius.Messages"),
        (Service.Realtime, "services/realtime", "ChatGenius.Realtime"),
    ];

    readonly DeploymentOptions _options = options ?? new DeploymentOptions();
    readonly WorkFolder _work = new();
    readonly List<ServiceProcess> _processes = [];
    TestServers? _servers;

    public string Name => "distributed";
    public Uri BaseAddress => Of(Service.Gateway).BaseAddress;
    public IReadOnlyList<ServiceProcess> Processes => _processes;

    /// <summary>The servers under it, for tests that take them away.</summary>
    public TestServers Servers => _servers ?? throw new InvalidOperationException("The deployment was not started.");

    public async Task StartAsync(CancellationToken cancel = default)
    {
        _servers = await TestServers.StartAsync(cancel);
        await PlanAsync(_servers, cancel);
        await Task.WhenAll(_processes.Select(process => process.StartAsync(cancel)));
    }

    public ServiceProcess Of(string service, int instance = 0)
    {
        var name = NameOf(service, instance);
        return _processes.First(process => process.Name == name);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_processes.Select(process => process.DisposeAsync().AsTask()));
        if (_servers is not null)
            await _servers.DisposeAsync();
        _work.Dispose();
    }

    int InstancesOf(string service) => _options.Instances.GetValueOrDefault(service, 1);

    string NameOf(string service, int instance) => InstancesOf(service) > 1 ? string.Create(CultureInfo.InvariantCulture, $"{service}-{instance + 1}") : service;

    async Task PlanAsync(TestServers servers, CancellationToken cancel)
    {
        var ports = FreePort.Next(1 + Services.Sum(service => InstancesOf(service.Service)));
        var next = 1;
        var addresses = Services.ToDictionary(service => service.Service, service => Enumerable.Range(0, InstancesOf(service.Service)).Select(_ => ports[next++]).ToArray());
        var common = new Dictionary<string, string?>
        {
            ["ChatGenius__PublicUrl"] = Address(ports[0]),
            ["ChatGenius__ServiceKey"] = RandomNumberGenerator.GetHexString(64, lowercase: true),
            ["ConnectionStrings__RabbitMq"] = servers.RabbitMq.ConnectionString,
            ["ConnectionStrings__Redis"] = servers.Redis.ConnectionString,
        };
        foreach (var (service, owned) in addresses)
            common[$"ChatGenius__Services__{char.ToUpperInvariant(service[0])}{service[1..]}"] = string.Join(',', owned.Select(Address));
        foreach (var (name, value) in _options.Environment)
            common[name] = value;

        Add(Service.Gateway, 0, "gateway", "ChatGenius.Gateway", ports[0], common);
        foreach (var (service, folder, assembly) in Services)
        {
            var environment = new Dictionary<string, string?>(common) { ["ConnectionStrings__Postgres"] = await servers.Postgres.CreateDatabaseAsync(service, cancel) };
            for (var instance = 0; instance < addresses[service].Length; instance++)
                Add(service, instance, folder, assembly, addresses[service][instance], environment);
        }
    }

    void Add(string service, int instance, string folder, string assembly, int port, Dictionary<string, string?> environment)
    {
        var logs = Directory.CreateDirectory(Path.Combine(Repository.Logs, _options.LogName ?? Name)).FullName;
        var name = NameOf(service, instance);
        var own = new Dictionary<string, string?>(environment) { ["ChatGenius__DataPath"] = _work.Folder(service) };
        _processes.Add(new ServiceProcess(name, Repository.Program(folder, assembly), port, Path.Combine(logs, $"{name}.log"), own));
    }

    static string Address(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
}
