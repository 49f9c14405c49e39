using System.Net.Sockets;
using Microsoft.IdentityModel.Tokens;

namespace ChatGenius.EdgeTests.Support;

/// <summary>Services that tell what reached them; identity also publishes the keys of <see cref="Tokens"/>.</summary>
internal sealed class PlayedServices(IReadOnlyDictionary<string, Running> services) : IAsyncDisposable
{
    public static async Task<PlayedServices> StartAsync()
    {
        var services = new Dictionary<string, Running>();
        foreach (var name in (string[])["identity", "channels", "messages", "realtime"])
            services[name] = await StartAsync(name);
        return new PlayedServices(services);
    }

    public static Task<Running> StartAsync(string name, bool ready = true) => Running.StartAsync(_ => { }, app =>
    {
        app.MapGet("/health/ready", () => ready ? Results.Ok() : Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
        if (name == "identity")
        {
            app.MapGet("/.well-known/jwks", () => new { keys = new[] { JsonWebKeyConverter.ConvertFromRSASecurityKey(Tokens.PublicKey) }.Select(k => new { k.Kty, k.Kid, k.N, k.E }) });
            app.MapGet("/internal/identity/sessions/ended", () => new { items = Array.Empty<object>() });
        }
        app.MapFallback("{**path}", async (HttpRequest request) => new Seen(name, request.Method, request.Path.Value!,
            request.Headers["X-Forwarded-For"].ToString(), request.Headers.Authorization.ToString(), await new StreamReader(request.Body).ReadToEndAsync()));
    });

    /// <summary>The gateway's settings for these services.</summary>
    public IEnumerable<string> Settings => services.Select(s => $"--ChatGenius:Services:{s.Key}={s.Value.Address}");

    public async ValueTask DisposeAsync()
    {
        foreach (var service in services.Values)
            await service.DisposeAsync();
    }

    /// <summary>An address at which nothing listens.</summary>
    public static Uri Nowhere()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return new Uri($"http://127.0.0.1:{port}/");
    }

    /// <summary>What reached a service.</summary>
    internal sealed record Seen(string Service, string Method, string Path, string ForwardedFor, string Authorization, string Body);
}
