using System.Net;
using ChatGenius.Hosting.Auth;
using ChatGenius.Hosting.Upgrades;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace ChatGenius.Hosting.Multiplexing;

/// <summary>Lets a gateway bring many connections to this process over few (docs/adr/0031).</summary>
public static class Multiplexing
{
    /// <summary>Where a gateway asks for a shared connection, by an upgrade of HTTP to <see cref="Protocol"/>.</summary>
    public const string Path = "/internal/connections";

    /// <summary>The protocol's name and version, as HTTP's <c>Upgrade</c> has them.</summary>
    public const string Protocol = "chatgenius-streams/1";

    /// <summary>How long the other end may take nothing before a shared connection is lost.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Has the server accept streams.</summary>
    public static IServiceCollection AddMultiplexing(this IServiceCollection services)
    {
        services.AddSingleton<SocketTransportFactory>();
        services.AddSingleton<StreamListeners>();
        // The last one that can bind to an address does.
        services.AddSingleton<IConnectionListenerFactory>(s => s.GetRequiredService<StreamListeners>());
        return services;
    }

    /// <summary>Maps where shared connections begin; for other processes of the deployment alone.</summary>
    public static void MapMultiplexing(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, ShareAsync).RequireAuthorization(AuthPolicies.Service).ExcludeFromDescription().WritesDirectly(Patience);

    static async Task ShareAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var listeners = services.GetRequiredService<StreamListeners>();
        if (context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade || context.Request.Headers.Upgrade != Protocol || context.Features.Get<ITlsHandshakeFeature>() is not null)
        {
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            context.Response.Headers.Upgrade = Protocol;
            return;
        }
        context.Response.Headers.Upgrade = Protocol;
        var ends = context.Connection;
        var (id, port) = (ends.Id, ends.LocalPort);
        var (local, remote) = (new IPEndPoint(ends.LocalIpAddress!, port), new IPEndPoint(ends.RemoteIpAddress!, ends.RemotePort));
        using var shared = new MultiplexedConnection(await upgrade.UpgradeAsync(), Opened, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<MultiplexedConnection>>());
        // The server closes those of its connections that end by themselves, and this one does when the streams that it carries have.
        await using var leaving = listeners.Unbound(port).UnsafeRegister(static shared => _ = ((MultiplexedConnection)shared!).LeaveAsync(), shared);
        await shared.RunAsync(context.RequestAborted);

        void Opened(MultiplexedStream stream)
        {
            if (!listeners.TryAccept(port, new StreamConnection(stream, id, local, remote)))
                stream.Dispose();
        }
    }
}
