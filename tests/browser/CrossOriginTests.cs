using ChatGenius.TestSupport.Deployments;
using Microsoft.Playwright;
using Xunit;

namespace ChatGenius.BrowserTests;

/// <summary>A page of another origin, with the stock client, on two realtime instances: wherever its negotiation goes, its transport finds its way.</summary>
public sealed class CrossOriginTests : IAsyncLifetime
{
    readonly DistributedDeployment _deployment = new(new DeploymentOptions { LogName = "browser", Instances = new Dictionary<string, int> { [Service.Realtime] = 2 } });
    IPlaywright? _playwright;
    IBrowser? _browser;
    PageServer? _server;

    public async Task InitializeAsync()
    {
        await _deployment.StartAsync();
        _server = await PageServer.StartAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await Browser.StartAsync(_playwright);
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        await _deployment.DisposeAsync();
    }

    [Fact]
    public async Task StockClient_OnEveryTransport_HearsItsOwnMessage()
    {
        var page = await _browser!.NewPageAsync();
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        await page.GotoAsync(_server!.Address.ToString());
        // Four times each: negotiation and transport are spread over both instances.
        for (var i = 0; i < 4; i++)
            foreach (var transport in (string[])["WebSockets", "ServerSentEvents", "LongPolling"])
            {
                var text = $"{transport} {i}";
                var heard = await page.EvaluateAsync<string>("([base, name, transport, text]) => talk(base, name, transport, text)",
                    new[] { _deployment.BaseAddress.ToString().TrimEnd('/'), "u" + Guid.CreateVersion7().ToString("N"), transport, text });
                Assert.Equal(text, heard);
            }
        Assert.Empty(errors);
    }
}
