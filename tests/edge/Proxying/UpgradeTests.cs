using ChatGenius.Hosting.Upgrades;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ChatGenius.EdgeTests.Proxying;

public sealed class UpgradeTests
{
    // Less, as much as, and more than .NET's HTTP client reads at once.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3_000)]
    [InlineData(20_000)]
    public async Task WhatAServiceSaysAtOnce_AndAllThatFollows_ReachesTheClient(int length)
    {
        var early = Enumerable.Range(0, length).Select(i => (byte)(10 + (i % 200))).ToArray();
        await using var realtime = new UpgradingService(early);
        await using var gateway = await Edges.GatewayAsync($"Services:Realtime={realtime.Address}");
        await using var connection = await UpgradeAsync(gateway);

        Assert.Equal(early, await ReadAsync(connection, length));
        foreach (var said in (byte[][])[[1, 2, 3], [.. Enumerable.Repeat((byte)7, 100_000)], [9]])
        {
            await connection.WriteAsync(said);
            Assert.Equal(said, await ReadAsync(connection, said.Length));
        }
    }

    [Fact]
    public async Task WhatAServiceSaysLater_GoesStraightToTheClientsSocket()
    {
        var upgraded = new TaskCompletionSource<UpgradedConnection?>();
        await using var realtime = new UpgradingService([]);
        await using var gateway = await Edges.GatewayAsync(builder => builder.Services.AddSingleton<IStartupFilter>(new Watch(context => upgraded.SetResult(context.Features.Get<UpgradedConnection>()))), $"Services:Realtime={realtime.Address}");
        await using (var connection = await UpgradeAsync(gateway))
        {
            await connection.WriteAsync(new byte[] { 1 });
            await ReadAsync(connection, 1);
        }

        Assert.True((await upgraded.Task.WaitAsync(TimeSpan.FromSeconds(30)))?.IsDirect);
    }

    [Fact]
    public async Task AClientThatLeaves_IsGoneAtTheService()
    {
        await using var realtime = new UpgradingService([]);
        await using var gateway = await Edges.GatewayAsync($"Services:Realtime={realtime.Address}");
        await (await UpgradeAsync(gateway)).DisposeAsync();

        await realtime.Left.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task AServiceThatLeaves_IsGoneAtTheClient()
    {
        await using var realtime = new UpgradingService([]);
        await using var gateway = await Edges.GatewayAsync($"Services:Realtime={realtime.Address}");
        await using var connection = await UpgradeAsync(gateway);
        await connection.WriteAsync(new byte[] { UpgradingService.End });

        Assert.Equal(0, await connection.ReadAsync(new byte[1]).AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
    }

    static async Task<Stream> UpgradeAsync(Running gateway)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/realtime?id=one") { Headers = { Connection = { "Upgrade" }, Upgrade = { new("websocket") } } };
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==");
        var answer = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.SwitchingProtocols, answer.StatusCode);
        return await answer.Content.ReadAsStreamAsync();
    }

    static async Task<byte[]> ReadAsync(Stream connection, int length)
    {
        var read = new byte[length];
        await connection.ReadExactlyAsync(read).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        return read;
    }

    /// <summary>Looks at each request when it is over.</summary>
    sealed class Watch(Action<HttpContext> over) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (context, rest) =>
            {
                try
                {
                    await rest(context);
                }
                finally
                {
                    over(context);
                }
            });
            next(app);
        };
    }
}
