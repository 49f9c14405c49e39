using System.Net;
using System.Net.Sockets;

namespace ChatGenius.TestSupport.Processes;

/// <summary>Finds ports that nobody listens on. They are not reserved: use them soon.</summary>
public static class FreePort
{
    /// <summary>A port that was free a moment ago, on every local address.</summary>
    public static int Next() => Next(1)[0];

    /// <summary>Several different ones.</summary>
    public static int[] Next(int count)
    {
        var listeners = new TcpListener[count];
        for (var i = 0; i < count; i++)
            (listeners[i] = new TcpListener(IPAddress.Any, 0)).Start();
        var ports = Array.ConvertAll(listeners, listener => ((IPEndPoint)listener.LocalEndpoint).Port);
        foreach (var listener in listeners)
            listener.Dispose();
        return ports;
    }
}
