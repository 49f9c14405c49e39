using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ChatGenius.Bench.Measuring;
using ChatGenius.TestSupport.Deployments;

namespace ChatGenius.Bench.Systems;

/// <summary>ChatGenius, in either way to run.</summary>
internal sealed class OurSystem : ChatSystem
{
    const string Password = "correct horse";

    // The limits are counted and never met.
    static readonly DeploymentOptions s_options = new()
    {
        FlushesToDisk = true,
        Environment = new Dictionary<string, string?>
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

    OurSystem(IDeployment deployment) => _deployment = deployment;

    public static OurSystem Distributed() => new(new DistributedDeployment(s_options));
    public static OurSystem Host() => new(new HostDeployment(s_options));

    public override string Name => _deployment.Name == "host" ? "ChatGenius host" : "ChatGenius";
    public override IReadOnlyList<ServerPart> Parts => _parts;
    public override string? Database => (_deployment as DistributedDeployment)?.Servers.Postgres.ConnectionString;

    /// <summary>What runs.</summary>
    public IDeployment Deployment => _deployment;

    /// <summary>True to connect readers to the realtime service itself.</summary>
    public bool ReadersGoDirect { get; set; }

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
        await RegisterAsync(size.Senders + size.ReaderUsers);
        var (senders, readers) = (_users.Take(size.Senders).ToList(), _users.Skip(size.Senders).Take(size.ReaderUsers).ToList());
        var channels = new Guid[size.Channels];
        foreach (var part in Enumerable.Range(0, size.Channels).Chunk(8))
            await Task.WhenAll(part.Select(async channel =>
            {
                var members = size.SendersOf(channel).Select(sender => senders[sender]).ToList();
                channels[channel] = await CreateAsync(members[0], [.. members.Skip(1).Concat(readers).Select(user => user.Id)]);
            }));
        scene.Senders = await Task.WhenAll(senders.Select(async sender => (ISender)await OurSender.OpenAsync(_deployment.BaseAddress, sender, channels)));
        var address = ReadersGoDirect ? _deployment.Of(Service.Realtime).BaseAddress : _deployment.BaseAddress;
        scene.Connect = async (reader, tally, buffer) => await OurReader.OpenAsync(address, readers[reader % readers.Count].Token, channels, tally, buffer);
        await ReachableAsync(scene);
    }

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

    async Task RegisterAsync(int count)
    {
        foreach (var part in Enumerable.Range(_users.Count, Math.Max(0, count - _users.Count)).Chunk(4))
            _users.AddRange(await Task.WhenAll(part.Select(_ => OneAsync())));

        async Task<OurUser> OneAsync()
        {
            var username = "u" + Guid.CreateVersion7().ToString("N");
            using var registered = await Http.PostAsJsonAsync("api/v1/users", new { username, password = Password });
            var id = (await ReadAsync(registered)).GetProperty("id").GetGuid();
            using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["client_id"] = "chatgenius", ["grant_type"] = "password", ["username"] = username, ["password"] = Password });
            using var signedIn = await Http.PostAsync("connect/token", form);
            return new OurUser(id, (await ReadAsync(signedIn)).GetProperty("access_token").GetString()!);
        }
    }

    async Task<Guid> CreateAsync(OurUser owner, IReadOnlyList<Guid> members)
    {
        using var created = await SendAsync(owner, HttpMethod.Post, "api/v1/channels", new { name = "c" + Guid.CreateVersion7().ToString("N"), kind = "private", memberIds = members.Take(100) });
        var id = (await ReadAsync(created)).GetProperty("channel").GetProperty("id").GetGuid();
        foreach (var member in members.Skip(100))
        {
            using var joined = await SendAsync(owner, HttpMethod.Put, $"api/v1/channels/{id}/members/{member}", new { });
            joined.EnsureSuccessStatusCode();
        }
        return id;
    }

    // Users reach the channels service by a feed: a channel can be made once it knows its members.
    async Task<HttpResponseMessage> SendAsync(OurUser user, HttpMethod method, string path, object body)
    {
        for (var left = 50; ; left--)
        {
            using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", user.Token);
            var answer = await Http.SendAsync(request);
            if (answer.IsSuccessStatusCode || left == 0)
                return answer;
            answer.Dispose();
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }

    static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) => answer.IsSuccessStatusCode
        ? await answer.Content.ReadFromJsonAsync<JsonElement>()
        : throw new HttpRequestException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");

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

/// <summary>Somebody signed in.</summary>
internal sealed record OurUser(Guid Id, string Token);
