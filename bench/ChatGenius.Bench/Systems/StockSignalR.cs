using System.Text;
using ChatGenius.Bench.Checking;
using ChatGenius.Bench.Wires;
using ChatGenius.TestSupport.Processes;
using Npgsql;

namespace ChatGenius.Bench.Systems;

/// <summary>Stock SignalR with its Redis backplane: <c>bench/peers/signalr</c>.</summary>
internal sealed class StockSignalR : PeerSystem
{
    public override string Name => "SignalR";

    protected override ProcessPlan Plan(int port, NpgsqlConnectionStringBuilder database, string redis) => DotnetPlan("bench/peers/signalr", "ChatGenius.Bench.SignalR", port, database, redis);

    protected override async Task BuildAsync(Scene scene)
    {
        var channels = Ids(scene.Size.Channels);
        scene.Senders = await Task.WhenAll(Ids(scene.Size.Senders).Select(async user => (ISender)new Sender(await StockWire.OpenAsync(Address, null), user, channels)));
        scene.Connect = async (_, tally, buffer) => await Reader.OpenAsync(Address, channels, tally, buffer);
    }

    sealed class Sender(StockWire wire, Guid user, Guid[] channels) : ISender
    {
        public async ValueTask SendAsync(int channel, ReadOnlyMemory<byte> text) =>
            await wire.CallAsync("Send", $"\"{channels[channel]}\",\"{user}\",\"{Guid.CreateVersion7()}\",\"{Encoding.ASCII.GetString(text.Span)}\"");

        public ValueTask DisposeAsync() => wire.DisposeAsync();
    }

    sealed class Reader(StockWire wire) : IReader
    {
        public bool WasLost => wire.WasLost;
        public long BytesRead => wire.BytesRead;
        public long FramesRead => wire.FramesRead;

        public static async Task<Reader> OpenAsync(Uri address, Guid[] channels, Tally tally, int receiveBuffer)
        {
            var wire = await StockWire.OpenAsync(address, tally, receiveBuffer);
            await wire.CallAsync("Join", $"[{string.Join(',', tally.Channels.Select(channel => $"\"{channels[channel]}\""))}]");
            return new Reader(wire);
        }

        public void Stall() => wire.Stall();
        public void Cut() => wire.Cut();

        public Task ReturnAsync() => throw new NotSupportedException("Stock SignalR does not say what was missed.");

        public ValueTask DisposeAsync() => wire.DisposeAsync();
    }
}
