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
    Hops? _hops;
    DeafServers? _deaf;
    string? _address;

    public string Name => "distributed";
    public Uri BaseAddress => new(_address ?? throw new InvalidOperationException("The deployment was not started."));
    public IReadOnlyList<ServiceProcess> Processes => _processes;

    /// <summary>The servers under it, for tests that take them away.</summary>
    public TestServers Servers => _servers ?? throw new InvalidOperationException("The deployment was not started.");

    /// <summary>The links between its parts, where <see cref="DeploymentOptions.ProxiedHops"/> asked for them.</summary>
    public Hops Hops => _hops ?? throw new InvalidOperationException("The deployment has no proxied hops.");

    /// <summary>What makes its broker and its cache carry nothing, where <see cref="DeploymentOptions.Deaf"/> asked for that. A service that starts again would hear again.</summary>
    public DeafServers Deaf => _deaf ?? throw new InvalidOperationException("The deployment hears.");

    public async Task StartAsync(CancellationToken cancel = default)
    {
        _servers = await TestServers.StartAsync(cancel, _options.FlushesToDisk);
        _deaf = _options.Deaf ? await DeafServers.PrepareAsync(_servers) : null;
        await PlanAsync(_servers, cancel);
        await Task.WhenAll(_processes.Select(process => process.StartAsync(cancel)));
        if (_deaf is not null)
            await _deaf.DeafenBrokerAsync(cancel);
    }

    public ServiceProcess Of(string service, int instance = 0)
    {
        var name = NameOf(service, instance);
        return _processes.First(process => process.Name == name);
    }

    public ValueTask DisposeAsync() => Parts.EndAsync([.. _processes, _deaf, _servers, _hops, _work]);

    int InstancesOf(string service) => _options.Instances.GetValueOrDefault(service, 1);

    string NameOf(string service, int instance) => InstancesOf(service) > 1 ? string.Create(CultureInfo.InvariantCulture, $"{service}-{instance + 1}") : service;

    async Task PlanAsync(TestServers servers, CancellationToken cancel)
    {
        var places = Services.SelectMany(service => Enumerable.Range(0, InstancesOf(service.Service)).Select(instance => (service.Service, Name: NameOf(service.Service, instance)))).ToList();
        var ports = new Queue<int>(FreePort.Next(1 + places.Count + (_options.ProxiedHops ? Hops.Needed(1 + places.Count) : 0)));
        var own = places.Select(place => place.Name).Append(Service.Gateway).ToDictionary(name => name, _ => ports.Dequeue());
        _hops = _options.ProxiedHops ? new Hops(ports) : null;
        _address = Address(_hops?.Lead(Hops.Clients, Service.Gateway, "127.0.0.1", own[Service.Gateway]) ?? own[Service.Gateway]);
        var cache = _deaf?.CacheConnectionString ?? servers.Redis.ConnectionString;
        var serviceKey = RandomNumberGenerator.GetHexString(64, lowercase: true);

        Add(Service.Gateway, Service.Gateway, "gateway", "ChatGenius.Gateway", null);
        foreach (var (service, folder, assembly) in Services)
        {
            var database = await servers.Postgres.CreateDatabaseAsync(service, cancel);
            foreach (var (_, name) in places.Where(place => place.Service == service))
                Add(service, name, folder, assembly, database);
        }

        void Add(string service, string name, string folder, string assembly, string? database)
        {
            var environment = new Dictionary<string, string?>
            {
                ["ChatGenius__PublicUrl"] = _address,
                ["ChatGenius__ServiceKey"] = serviceKey,
                ["ChatGenius__DataPath"] = _work.Folder(service),
                ["ConnectionStrings__RabbitMq"] = _hops?.LeadToBroker(name, servers.RabbitMq.ConnectionString) ?? servers.RabbitMq.ConnectionString,
                ["ConnectionStrings__Redis"] = _hops?.LeadToCache(name, cache) ?? cache,
                ["ConnectionStrings__Postgres"] = database is null ? null : _hops?.LeadToDatabase(name, database) ?? database,
            };
            foreach (var others in places.GroupBy(place => place.Service))
                environment[$"ChatGenius__Services__{char.ToUpperInvariant(others.Key[0])}{others.Key[1..]}"] =
                    string.Join(',', others.Select(other => Address(_hops?.Lead(name, other.Name, "127.0.0.1", own[other.Name]) ?? own[other.Name])));
            foreach (var (setting, value) in _options.Environment)
                environment[setting] = value;
            var logs = Directory.CreateDirectory(Path.Combine(Repository.Logs, _options.LogName ?? Name)).FullName;
            _processes.Add(new ServiceProcess(name, _options.Program(folder, assembly), own[name], Path.Combine(logs, $"{name}.log"), environment));
        }
    }

    static string Address(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
}
