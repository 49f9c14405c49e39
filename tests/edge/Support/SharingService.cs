using System.Net.WebSockets;
using ChatGenius.Hosting.Applications;
using ChatGenius.Hosting.Auth;
using Module = ChatGenius.Hosting.Applications.Module;

namespace ChatGenius.EdgeTests.Support;

/// <summary>A service of the product's kind that shares connections, and says over WebSockets whatever it hears.</summary>
internal static class SharingService
{
    /// <summary>The key that <see cref="Edges"/> have, too.</summary>
    public static readonly string Key = new('k', 32);

    /// <summary>Starts one.</summary>
    /// <param name="opened">Told of each WebSocket, and of what it comes by.</param>
    /// <param name="key">The key that it asks for.</param>
    /// <param name="port">Where it listens; anywhere by default.</param>
    /// <param name="drain">How many seconds it lets connections end when it stops.</param>
    public static Task<Running> StartAsync(Action<ConnectionInfo>? opened = null, string? key = null, int port = 0, int drain = 59) => Running.StartAsync(ServiceApplication.Build(
        ["--urls", $"http://127.0.0.1:{port}", $"--ChatGenius:PublicUrl={Edges.PublicUrl}", $"--ChatGenius:ServiceKey={key ?? Key}", $"--ChatGenius:DrainTime=00:00:{drain}"], "realtime",
        [new Module("realtime", _ => { }, routes => routes.MapGet("/realtime", context => EchoAsync(context, opened)).WithMetadata(OwnAuthentication.Instance)) { NeedsDatabase = false, NeedsBus = false, SharesConnections = true }],
        use: app => app.UseWebSockets()));

    static async Task EchoAsync(HttpContext context, Action<ConnectionInfo>? opened)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        opened?.Invoke(context.Connection);
        var buffer = new byte[64 * 1024];
        while (await socket.ReceiveAsync(buffer, context.RequestAborted) is { MessageType: not WebSocketMessageType.Close } heard)
            await socket.SendAsync(buffer.AsMemory(0, heard.Count), heard.MessageType, heard.EndOfMessage, context.RequestAborted);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", context.RequestAborted);
    }
}
