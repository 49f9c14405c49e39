using ChatGenius.BrowserTests.Chat;
using Xunit;

namespace ChatGenius.BrowserTests;

/// <summary>A page of another origin, with the stock client, on two realtime instances: wherever its negotiation goes, its transport finds its way.</summary>
[Collection(GatewayCollection.Name)]
public sealed class CrossOriginTests(GatewayFixture chat)
{
    [Fact]
    public async Task StockClient_OnEveryTransport_HearsItsOwnMessage()
    {
        await using var server = await PageServer.StartAsync();
        var page = await chat.Browser.NewPageAsync();
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        await page.GotoAsync(server.Address.ToString());
        // Four times each: negotiation and transport are spread over both instances.
        for (var i = 0; i < 4; i++)
            foreach (var transport in (string[])["WebSockets", "ServerSentEvents", "LongPolling"])
            {
                var text = $"{transport} {i}";
                var heard = await page.EvaluateAsync<string>("([base, name, transport, text]) => talk(base, name, transport, text)",
                    new[] { chat.Address.ToString().TrimEnd('/'), "u" + Guid.CreateVersion7().ToString("N"), transport, text });
                Assert.Equal(text, heard);
            }
        Assert.Empty(errors);
    }
}
