using ChatGenius.TestSupport;
using ChatGenius.TestSupport.Deployments;
using Microsoft.Playwright;
using Xunit;

namespace ChatGenius.BrowserTests.Chat;

/// <summary>A deployment that serves the page, and a browser.</summary>
public class ChatFixture : IAsyncLifetime
{
    readonly IDeployment _deployment;
    IPlaywright? _playwright;
    IBrowser? _browser;

    public ChatFixture()
        : this(new HostDeployment(new DeploymentOptions { LogName = "chat" }))
    {
    }

    protected ChatFixture(IDeployment deployment) => _deployment = deployment;

    internal IBrowser Browser => _browser!;
    internal Uri Address => _deployment.BaseAddress;

    /// <inheritdoc cref="IDeployment.Of"/>
    internal ServiceProcess Of(string service, int instance = 0) => _deployment.Of(service, instance);

    public async Task InitializeAsync()
    {
        Assert.True(File.Exists(Repository.Path("web/dist/index.html")), "The page was not built: `npm ci && npm run build` in web/ says why.");
        await _deployment.StartAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await BrowserTests.Browser.StartAsync(_playwright);
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        await _deployment.DisposeAsync();
    }
}

/// <summary>The same, with access tokens that end soon.</summary>
public sealed class ShortTokenFixture() : ChatFixture(new HostDeployment(
    new DeploymentOptions { LogName = "chat-tokens", Environment = new Dictionary<string, string?> { ["ChatGenius__AccessTokenLifetime"] = "00:00:05" } }));

/// <summary>The separate services behind their gateway, two instances of realtime among them.</summary>
public sealed class GatewayFixture() : ChatFixture(new DistributedDeployment(
    new DeploymentOptions { LogName = "browser", Instances = new Dictionary<string, int> { [Service.Realtime] = 2 } }));

/// <summary>The tests that share the separate services.</summary>
[CollectionDefinition(Name)]
public sealed class GatewayCollection : ICollectionFixture<GatewayFixture>
{
    public const string Name = "gateway";
}
