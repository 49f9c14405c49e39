using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace ChatGenius.Hosting.Applications;

public static class InlineSockets
{
    /// <summary>
    /// Has the server go on where a socket's data came or was taken, instead of handing on to the thread pool once more. For processes that carry many frames: it halves what one costs
    /// (docs/adr/0023). It is called unsafe because a handler that blocks holds up others; ours do not. Processes that mostly answer requests are a little better off without.
    /// </summary>
    public static IServiceCollection AddInlineSockets(this IServiceCollection services) =>
        services.Configure<SocketTransportOptions>(sockets => sockets.UnsafePreferInlineScheduling = true);
}
