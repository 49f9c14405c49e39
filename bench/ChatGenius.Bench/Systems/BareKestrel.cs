using ChatGenius.Bench.Wires;
using ChatGenius.TestSupport.Processes;
using Npgsql;

namespace ChatGenius.Bench.Systems;

/// <summary>WebSockets on Kestrel and nothing above them, in one room: <c>bench/peers/kestrel</c>.</summary>
internal sealed class BareKestrel : PeerSystem
{
    public override string Name => "Kestrel";

    protected override ProcessPlan Plan(int port, NpgsqlConnectionStringBuilder database, string redis) => DotnetPlan("bench/peers/kestrel", "ChatGenius.Bench.Kestrel", port, database, redis);

    protected override async Task BuildAsync(Scene scene)
    {
        scene.Senders = await Task.WhenAll(Enumerable.Range(0, scene.Size.Senders).Select(async _ => (ISender)new Sender(await BareWire.OpenAsync(Address, "/send", null))));
        scene.Connect = async (_, tally, buffer) => new Reader(await BareWire.OpenAsync(Address, "/read", tally, buffer));
    }

    sealed class Sender(BareWire wire) : ISender
    {
        public async ValueTask SendAsync(int channel, ReadOnlyMemory<byte> text) => await wire.SendAsync(text);
        public ValueTask DisposeAsync() => wire.DisposeAsync();
    }

    sealed class Reader(BareWire wire) : IReader
    {
        public bool WasLost => wire.WasLost;
        public long BytesRead => wire.BytesRead;
        public long FramesRead => wire.FramesRead;
        public void Stall() => wire.Stall();
        public void Cut() => wire.Cut();

        public Task ReturnAsync() => throw new NotSupportedException("It does not say what was missed.");

        public ValueTask DisposeAsync() => wire.DisposeAsync();
    }
}
