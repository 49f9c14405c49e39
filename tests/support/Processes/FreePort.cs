using System.Net;
using System.Net.Sockets;

namespace ChatGenius.TestSupport.Processes;

/// <summary>
/// Finds ports that nobody listens on. They are not reserved: use them soon. They lie below those that systems give to outgoing connections (from 32768 on Linux), so that none of thousands of
/// clients takes one meanwhile. Thread-safe.
/// </summary>
public static class FreePort
{
    const int First = 20_000, Last = 32_000;

    // Processes that look at the same time begin in different places.
    static int s_turn = Environment.ProcessId * 97;

    /// <summary>A port that was free a moment ago, on every local address; a different one each time.</summary>
    public static int Next()
    {
        for (var tries = First; tries < Last; tries++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref s_turn) % (Last - First));
            if (IsFree(port))
                return port;
        }
        throw new InvalidOperationException($"No port from {First} to {Last} is free.");
    }

    /// <summary>Several different ones.</summary>
    public static int[] Next(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];

    static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Any, port) { ExclusiveAddressUse = true };
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
