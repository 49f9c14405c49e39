using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChatGenius.Bench.Checking;
using ChatGenius.Bench.Wires;
using ChatGenius.TestSupport;
using ChatGenius.TestSupport.Processes;
using Npgsql;

namespace ChatGenius.Bench.Systems;

/// <summary>Socket.IO with Express, pg and the Redis adapter: <c>bench/peers/socketio</c>.</summary>
internal sealed class SocketIoSystem : PeerSystem
{
    readonly string _secret = RandomNumberGenerator.GetHexString(32);

    public override string Name => "Socket.IO";

    protected override ProcessPlan Plan(int port, NpgsqlConnectionStringBuilder database, string redis) => new()
    {
        Program = "node",
        Arguments = [Repository.Path("bench/peers/socketio/server.js")],
        LogFile = "",
        Environment = new Dictionary<string, string?>
        {
            ["NODE_ENV"] = "production",
            ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["DATABASE_URL"] = $"postgres://{database.Username}:{database.Password}@127.0.0.1:{database.Port}/{database.Database}",
            ["REDIS_URL"] = $"redis://{redis}",
            ["JWT_SECRET"] = _secret,
        },
    };

    protected override async Task BuildAsync(Scene scene)
    {
        var size = scene.Size;
        var (senders, readers, channels) = (Ids(size.Senders), Ids(size.ReaderUsers), Ids(size.Channels));
        var members = Enumerable.Range(0, size.Channels).SelectMany(channel => size.SendersOf(channel).Select(sender => senders[sender]).Concat(readers).Select(user => (Channel: channels[channel], User: user))).ToList();
        await using (var command = Source.CreateCommand("INSERT INTO members (channel_id, user_id) SELECT * FROM unnest($1, $2)"))
        {
            command.Parameters.AddWithValue(members.Select(member => member.Channel).ToArray());
            command.Parameters.AddWithValue(members.Select(member => member.User).ToArray());
            await command.ExecuteNonQueryAsync();
        }
        // What was missed comes in the order of ids, what happens in the order of commits.
        scene.OneOrder = false;
        scene.Senders = await Task.WhenAll(senders.Select(async user => (ISender)new Sender(await SocketIoWire.OpenAsync(Address, Token(user), null), channels)));
        scene.Connect = async (reader, tally, buffer) => await Reader.OpenAsync(Address, Token(readers[reader % readers.Length]), channels, tally, buffer);
    }

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
        public long BytesRead => _wire?.BytesRead ?? 0;
        public long FramesRead => _wire?.FramesRead ?? 0;

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
            // Ids are given before the commit, and one that was given earlier may be committed later: it goes back a little.
            await ConnectAsync(Math.Max(0, _wire.LastId - 50));
        }

        public ValueTask DisposeAsync() => _wire?.DisposeAsync() ?? ValueTask.CompletedTask;

        async Task ConnectAsync(long? after)
        {
            _wire = await SocketIoWire.OpenAsync(address, token, tally, receiveBuffer, _wire);
            var since = after?.ToString(CultureInfo.InvariantCulture) ?? "null";
            await _wire.CallAsync("join", $"{{\"channels\":[{string.Join(',', tally.Channels.Select(channel => $"{{\"id\":\"{channels[channel]}\",\"after\":{since}}}"))}]}}");
        }
    }
}
