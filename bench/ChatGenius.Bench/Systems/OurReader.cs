using ChatGenius.Bench.Checking;
using ChatGenius.Bench.Wires;

namespace ChatGenius.Bench.Systems;

/// <summary>Reads by the hub, and comes back to where it stood.</summary>
internal sealed class OurReader : IReader
{
    readonly Func<HubWire?, Task<HubWire>> _open;
    HubWire _wire;

    OurReader(Func<HubWire?, Task<HubWire>> open, HubWire wire) => (_open, _wire) = (open, wire);

    public bool WasLost => _wire.WasLost;
    public long BytesRead => _wire.BytesRead;
    public long FramesRead => _wire.FramesRead;

    public static async Task<OurReader> OpenAsync(Uri address, string token, Guid[] channels, Tally tally, int receiveBuffer)
    {
        return new OurReader(OpenWireAsync, await OpenWireAsync(null));

        Task<HubWire> OpenWireAsync(HubWire? before) => HubWire.OpenAsync(address, token, channels, tally, before?.Stands, receiveBuffer);
    }

    /// <summary>Says that its user is there.</summary>
    public void BePresent() => _wire.BePresent();

    public void Stall() => _wire.Stall();

    public void Cut() => _wire.Cut();

    public async Task ReturnAsync()
    {
        await _wire.DisposeAsync();
        _wire = await _open(_wire);
    }

    public ValueTask DisposeAsync() => _wire.DisposeAsync();
}
