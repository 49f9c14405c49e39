using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace ChatGenius.Hosting.Applications;

/// <summary>Fewer hand-overs between threads where processes carry many small pieces.</summary>
public static class InlineSockets
{
    const string Completions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>
    /// Has the whole process go on, after waiting for a socket, on the thread that heard of it, where .NET would wake one of the thread pool: a switch less for each piece, 6 % of what a durable send costs
    /// when the gateway does it (docs/adr/0025-a-busy-writer-rests.md). Only for a process in which nothing blocks and nothing computes for long, and before its first socket. The environment may say
    /// otherwise.
    /// </summary>
    public static void UseInProcess()
    {
        if (Environment.GetEnvironmentVariable(Completions) is null)
            Environment.SetEnvironmentVariable(Completions, "1");
    }

    /// <summary>
    /// Has the server go on where a socket's data came or was taken, instead of handing on to the thread pool once more. For processes that carry many frames: it halves what one costs
    /// (docs/adr/0023). It is called unsafe because a handler that blocks holds up others; ours do not. Processes that mostly answer requests are a little better off without.
    /// </summary>
    public static IServiceCollection AddInlineSockets(this IServiceCollection services) =>
        services.Configure<SocketTransportOptions>(sockets => sockets.UnsafePreferInlineScheduling = true);
}
