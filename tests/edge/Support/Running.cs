using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatGenius.EdgeTests.Support;

/// <summary>An application that listens on a free port.</summary>
internal sealed class Running : IAsyncDisposable
{
    readonly WebApplication _app;

    Running(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Urls.First());
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
    }

    public Uri Address { get; }
    public HttpClient Http { get; }

    public static async Task<Running> StartAsync(WebApplication app)
    {
        await app.StartAsync();
        return new Running(app);
    }

    /// <summary>A small application of a test's own.</summary>
    public static Task<Running> StartAsync(Action<WebApplicationBuilder> add, Action<WebApplication> map, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Logging.ClearProviders();
        add(builder);
        var app = builder.Build();
        map(app);
        return StartAsync(app);
    }

    public Task StopAsync(CancellationToken cancellation = default) => _app.StopAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
