using ChatGenius.TestSupport;
using ChatGenius.TestSupport.Deployments;
using Microsoft.Playwright;
using Xunit;

namespace ChatGenius.BrowserTests.Chat;

/// <summary>A host that serves the page, and a browser.</summary>
public class ChatFixture : IAsyncLifetime
{
    readonly HostDeployment _host;
    IPlaywright? _playwright;
    IBrowser? _browser;

    public ChatFixture()
        : this(new DeploymentOptions { LogName = "chat" })
    {
    }

    protected ChatFixture(DeploymentOptions options) => _host = new HostDeployment(options);

    internal IBrowser Browser => _browser!;
    internal Uri Address => _host.BaseAddress;
    internal ServiceProcess Host => _host.Of(Service.Host);

    public async Task InitializeAsync()
    {
        Assert.True(File.Exists(Repository.Path("web/dist/index.html")), "The page was not built: `npm ci && npm run build` in web/ says why.");
        await _host.StartAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await BrowserTests.Browser.StartAsync(_playwright);
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        await _host.DisposeAsync();
    }
}

/// <summary>The same, with access tokens that end soon.</summary>
public sealed class ShortTokenFixture() : ChatFixture(new DeploymentOptions { LogName = "chat-tokens", Environment = new Dictionary<string, string?> { ["ChatGenius__AccessTokenLifetime"] = "00:00:05" } });
