using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChatGenius.Bench.Checking;
using ChatGenius.Bench.Measuring;
using ChatGenius.Bench.Wires;
using ChatGenius.TestSupport;
using ChatGenius.TestSupport.Processes;
using ChatGenius.TestSupport.Servers;
using ChatGenius.TestSupport.Waiting;
using Npgsql;

namespace ChatGenius.Bench.Systems;

/// <summary>Socket.IO with Express, pg and the Redis adapter: <c>bench/peers/socketio</c>.</summary>
internal sealed class SocketIoSystem : ChatSystem
{
    readonly string _secret = RandomNumberGenerator.GetHexString(32);
    TestServers? _servers;
    KeptProcess? _process;
    NpgsqlDataSource? _source;
    Uri? _address;

    public override string Name => "Socket.IO";
    public override string? Database => _servers?.Postgres.ConnectionString;

    public override IReadOnlyList<ServerPart> Parts =>
        [new("node", _process!.ProcessId), new("postgres", _servers!.Postgres.ProcessId!.Value), new("redis", _servers.Redis.ProcessId!.Value)];

    public override async Task StartAsync()
    {
        _servers = await TestServers.StartAsync(flushes: true);
        await _servers.RabbitMq.StopAsync();
        var connection = await _servers.Postgres.CreateDatabaseAsync("socketio");
        _source = NpgsqlDataSource.Create(connection);
        var port = FreePort.Next();
        _address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        var database = new NpgsqlConnectionStringBuilder(connection);
        _process = await KeptProcess.StartAsync(new ProcessPlan
        {
            Program = "node",
            Arguments = [Repository.Path("bench/peers/socketio/server.js")],
            LogFile = Path.Combine(Repository.Logs, "socketio.log"),
            Environment = new Dictionary<string, string?>
            {
                ["NODE_ENV"] = "production",
                ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
                ["DATABASE_URL"] = $"postgres://{database.Username}:{database.Password}@127.0.0.1:{database.Port}/{database.Database}",
                ["REDIS_URL"] = $"redis://{_servers.Redis.ConnectionString}",
                ["JWT_SECRET"] = _secret,
            },
        });
        using var http = new HttpClient { BaseAddress = _address };
        await Eventually.Succeeds(async () => (await http.GetAsync("health")).EnsureSuccessStatusCode(), TimeSpan.FromSeconds(30));
    }

    protected override async Task BuildAsync(Scene scene)
    {
        var size = scene.Size;
        Guid[] senders = [.. Ids(size.Senders)], readers = [.. Ids(size.ReaderUsers)], channels = [.. Ids(size.Channels)];
        var members = Enumerable.Range(0, size.Channels).SelectMany(channel => size.SendersOf(channel).Select(sender => senders[sender]).Concat(readers).Select(user => (Channel: channels[channel], User: user))).ToList();
        await using (var command = _source!.CreateCommand("INSERT INTO members (channel_id, user_id) SELECT * FROM unnest($1, $2)"))
        {
            command.Parameters.AddWithValue(members.Select(member => member.Channel).ToArray());
            command.Parameters.AddWithValue(members.Select(member => member.User).ToArray());
            await command.ExecuteNonQueryAsync();
        }
        scene.Senders = await Task.WhenAll(senders.Select(async user => (ISender)new Sender(await SocketIoWire.OpenAsync(_address!, Token(user), null), channels)));
        scene.Connect = async (reader, tally, buffer) => await Reader.OpenAsync(_address!, Token(readers[reader % readers.Length]), channels, tally, buffer);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        if (_source is not null)
            await _source.DisposeAsync();
        if (_servers is not null)
            await _servers.DisposeAsync();
    }

    static IEnumerable<Guid> Ids(int count) => Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7());

    string Token(Guid user)
    {
        var content = $"{Part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")}.{Part($"{{\"sub\":\"{user}\",\"exp\":4102444800}}")}";
        return $"{content}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(_secret), Encoding.ASCII.GetBytes(content)))}";

        static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
    }

    sealed class Sender(SocketIoWire wire, Guid[] channels) : ISender
    {
        public async ValueTask SendAsync(int channel, ReadOnlyMemory<byte> text) =>
            await wire.CallAsync("send", $"{{\"channelId\":\"{channels[channel]}\",\"clientId\":\"{Guid.CreateVersion7()}\",\"body\":\"{Encoding.ASCII.GetString(text.Span)}\"}}");

        public ValueTask DisposeAsync() => wire.DisposeAsync();
    }

    sealed class Reader(Uri address, string token, Guid[] channels, Tally tally, int receiveBuffer) : IReader
    {
        SocketIoWire? _wire;

        public bool WasLost => _wire is null or { WasLost: true };

        public static async Task<Reader> OpenAsync(Uri address, string token, Guid[] channels, Tally tally, int receiveBuffer)
        {
            var reader = new Reader(address, token, channels, tally, receiveBuffer);
            await reader.ConnectAsync(null);
            return reader;
        }

        public void Stall() => _wire!.Stall();

        public void Cut() => _wire!.Cut();

        public async Task ReturnAsync()
        {
            await _wire!.DisposeAsync();
            await ConnectAsync(_wire.LastId);
        }

        public ValueTask DisposeAsync() => _wire?.DisposeAsync() ?? ValueTask.CompletedTask;

        async Task ConnectAsync(long? after)
        {
            _wire = await SocketIoWire.OpenAsync(address, token, tally, receiveBuffer);
            var since = after?.ToString(CultureInfo.InvariantCulture) ?? "null";
            await _wire.CallAsync("join", $"{{\"channels\":[{string.Join(',', tally.Channels.Select(channel => $"{{\"id\":\"{channels[channel]}\",\"after\":{since}}}"))}]}}");
        }
    }
}
