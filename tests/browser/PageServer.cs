using ChatGenius.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace ChatGenius.BrowserTests;

/// <summary>Serves a page from an origin of its own.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    readonly WebApplication _app;

    PageServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    /// <summary>Starts on a free port, with the page and the stock client beside it.</summary>
    public static async Task<PageServer> StartAsync()
    {
        var page = Repository.Path("tests/browser/page");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.UseFileServer(new FileServerOptions
        {
            FileProvider = new CompositeFileProvider(new PhysicalFileProvider(page), new PhysicalFileProvider(await StockClient.FolderAsync(page))),
        });
        await app.StartAsync();
        return new PageServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
