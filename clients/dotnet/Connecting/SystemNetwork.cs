using System.Net.NetworkInformation;

namespace ChatGenius.Client;

/// <summary>Tells a client when this machine loses its network or has it back. Only a hint: a machine that has none may still reach itself.</summary>
internal sealed class SystemNetwork : IDisposable
{
    readonly Action<bool> _tell;

    public SystemNetwork(Action<bool> tell)
    {
        _tell = tell;
        NetworkChange.NetworkAvailabilityChanged += Changed;
    }

    public void Dispose() => NetworkChange.NetworkAvailabilityChanged -= Changed;

    void Changed(object? sender, NetworkAvailabilityEventArgs e) => _tell(e.IsAvailable);
}
