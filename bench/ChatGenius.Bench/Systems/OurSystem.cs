using ChatGenius.Bench.Measuring;
using ChatGenius.TestSupport.Deployments;

namespace ChatGenius.Bench.Systems;

/// <summary>ChatGenius, in either way to run.</summary>
internal sealed class OurSystem : ChatSystem
{
    // The limits are counted and never met.
    static DeploymentOptions Options(Variant variant) => new()
    {
        FlushesToDisk = true,
        Program = (folder, assembly) => Published.Program(folder, assembly, variant.Tree),
        LogName = variant.Name,
        Environment = new Dictionary<string, string?>(variant.Environment)
        {
            ["ChatGenius__Rates__CommandsPerSecond"] = "1000000",
            ["ChatGenius__Rates__CommandBurst"] = "1000000",
            ["ChatGenius__Rates__ReadsPerSecond"] = "1000000",
            ["ChatGenius__Rates__ReadBurst"] = "1000000",
            ["ChatGenius__Rates__SignInsPerMinuteAndAddress"] = "1000000",
            ["ChatGenius__Rates__RegistrationsPerMinuteAndAddress"] = "1000000",
            ["ChatGenius__AccessTokenLifetime"] = "12:00:00",
            ["ChatGenius__Realtime__ConnectionsPerUser"] = "100000",
        },
    };

    readonly IDeployment _deployment;
    readonly List<OurUser> _users = [];
    HttpClient? _http;
    IReadOnlyList<ServerPart> _parts = [];

    OurSystem(IDeployment deployment, Variant variant)
    {
        _deployment = deployment;
        Name = (deployment.Name == "host" ? "ChatGenius host" : "ChatGenius") + (variant.Name is null ? "" : " " + variant.Name);
    }

    public static OurSystem Distributed() => Distributed(Variant.None);
    public static OurSystem Distributed(Variant variant) => new(new DistributedDeployment(Options(variant)), variant);
    public static OurSystem Host() => Host(Variant.None);
    public static OurSystem Host(Variant variant) => new(new HostDeployment(Options(variant)), variant);

    public override string Name { get; }
    public override IReadOnlyList<ServerPart> Parts => _parts;
    public override string? Database => (_deployment as DistributedDeployment)?.Servers.Postgres.ConnectionString;

    /// <summary>What runs.</summary>
    public IDeployment Deployment => _deployment;

    /// <summary>Where readers connect; the public address unless something else is said.</summary>
    public Func<IDeployment, Uri> ReadersGoTo { get; set; } = deployment => deployment.BaseAddress;

    HttpClient Http => _http ?? throw new InvalidOperationException("It was not started.");

    public override async Task StartAsync()
    {
        await _deployment.StartAsync();
        _http = new HttpClient { BaseAddress = _deployment.BaseAddress, Timeout = TimeSpan.FromMinutes(2) };
        _parts = [.. _deployment.Processes.Select(process => new ServerPart(process.Name, process.ProcessId)), .. Servers()];
    }

    protected override async Task BuildAsync(Scene scene)
    {
        var size = scene.Size;
        var people = new OurPeople(Http);
        foreach (var part in Enumerable.Range(0, Math.Max(0, size.Senders + size.ReaderUsers - _users.Count)).Chunk(4))
            _users.AddRange(await Task.WhenAll(part.Select(_ => people.RegisterAsync())));
        var (senders, readers) = (_users.Take(size.Senders).ToList(), _users.Skip(size.Senders).Take(size.ReaderUsers).ToList());
        var channels = new Guid[size.Channels];
        foreach (var part in Enumerable.Range(0, size.Channels).Chunk(8))
            await Task.WhenAll(part.Select(async channel =>
            {
                var members = size.SendersOf(channel).Select(sender => senders[sender]).ToList();
                channels[channel] = await people.CreateAsync(members[0], [.. members.Skip(1).Concat(readers).Select(user => user.Id)]);
            }));
        scene.Senders = await Task.WhenAll(senders.Select(async sender => (ISender)await OurSender.OpenAsync(_deployment.BaseAddress, sender, channels)));
        var address = ReadersGoTo(_deployment);
        var asWhom = readers.Count == 0 ? senders : readers;
        scene.Connect = async (reader, tally, buffer) => await OurReader.OpenAsync(address, asWhom[reader % asWhom.Count].Token, channels, tally, buffer);
        await ReachableAsync(scene);
    }

    /// <summary>An administrator's connection to the database of a service; of services that run apart.</summary>
    public string DatabaseOf(string service) => ((DistributedDeployment)_deployment).Servers.Postgres.ConnectionStringOf(service);

    public override async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        await _deployment.DisposeAsync();
    }

    IEnumerable<ServerPart> Servers()
    {
        if (_deployment is not DistributedDeployment distributed)
            yield break;
        var servers = distributed.Servers;
        foreach (var (name, id) in ((string, int?)[])[("postgres", servers.Postgres.ProcessId), ("rabbitmq", servers.RabbitMq.ProcessId), ("redis", servers.Redis.ProcessId)])
            yield return new ServerPart(name, id ?? throw new InvalidOperationException($"The processor time of {name} cannot be read: it has to be installed on this machine."));
    }

    // The messages service learns of the memberships by a feed, too; a sender that is refused asks the owner, so one question for each channel settles it.
    async Task ReachableAsync(Scene scene)
    {
        foreach (var part in Enumerable.Range(0, scene.Size.Senders).Chunk(16))
            await Task.WhenAll(part.Select(async sender =>
            {
                foreach (var channel in scene.Size.ChannelsOf(sender))
                    await ((OurSender)scene.Senders[sender]).KnownAsync(channel);
            }));
    }
}
