using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace ChatGenius.EdgeTests.Proxying;

public sealed class HubTests
{
    [Theory]
    [InlineData(HttpTransportType.WebSockets)]
    [InlineData(HttpTransportType.ServerSentEvents)]
    [InlineData(HttpTransportType.LongPolling)]
    public async Task Connection_OverAnyTransport_StaysWithItsInstance(HttpTransportType transport)
    {
        await using var one = await EchoHub.StartAsync("one");
        await using var two = await EchoHub.StartAsync("two");
        await using var gateway = await Edges.GatewayAsync($"Services:Realtime={one.Address},{two.Address}");
        var seen = new HashSet<string>();
        for (var i = 0; i < 12; i++)
        {
            await using var connection = Connect(gateway, transport);
            await connection.StartAsync();
            var where = await connection.InvokeAsync<string>("Where");
            for (var said = 0; said < 3; said++)
                Assert.Equal((where, $"{said}"), (await connection.InvokeAsync<string>("Where"), await connection.InvokeAsync<string>("Echo", $"{said}")));
            seen.Add(where);
        }
        Assert.Equal(["one", "two"], seen.Order());
    }

    [Fact]
    public async Task Connection_NegotiatedAtOneGateway_OpensAtAnother()
    {
        await using var one = await EchoHub.StartAsync("one");
        await using var two = await EchoHub.StartAsync("two");
        var addresses = $"{one.Address},{two.Address}";
        await using var first = await Edges.GatewayAsync($"Services:Realtime={addresses}");
        await using var second = await Edges.GatewayAsync($"Services:Realtime={addresses}");
        for (var i = 0; i < 8; i++)
        {
            using var answer = await first.Http.PostAsync("/realtime/negotiate?negotiateVersion=1", null);
            var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("connectionToken").GetString();
            using var poll = await second.Http.GetAsync($"/realtime?id={token}");
            Assert.Equal(HttpStatusCode.OK, poll.StatusCode);
        }
    }

    [Theory]
    [InlineData("", "connectionId")]
    [InlineData("?negotiateVersion=1", "connectionToken")]
    public async Task Negotiation_OfEitherVersion_MarksWhatIsBroughtBack(string query, string field)
    {
        await using var one = await EchoHub.StartAsync("one");
        await using var gateway = await Edges.GatewayAsync($"Services:Realtime={one.Address}");
        using var answer = await gateway.Http.PostAsync("/realtime/negotiate" + query, null);
        var negotiation = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Matches("^[0-9a-f]{12}~.", negotiation.GetProperty(field).GetString());
        if (field != "connectionId")
            Assert.DoesNotContain("~", negotiation.GetProperty("connectionId").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_OfAnUnknownInstance_IsUnknown()
    {
        await using var one = await EchoHub.StartAsync("one");
        await using var gateway = await Edges.GatewayAsync($"Services:Realtime={one.Address}");
        using var answer = await gateway.Http.GetAsync("/realtime?id=0123456789ab~gone");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Connection_KeepsTheRestOfItsAddress()
    {
        await using var one = await EchoHub.StartAsync("one");
        await using var gateway = await Edges.GatewayAsync($"Services:Realtime={one.Address}");
        await using var connection = Connect(gateway, HttpTransportType.WebSockets, "?access_token=a%2Bb%26c~d&empty=");
        await connection.StartAsync();
        Assert.Equal("a+b&c~d", await connection.InvokeAsync<string>("Query", "access_token"));
        Assert.Equal("", await connection.InvokeAsync<string>("Query", "empty"));
        Assert.DoesNotContain("~", await connection.InvokeAsync<string>("Query", "id"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_WithoutNegotiation_OpensAnywhere()
    {
        await using var one = await EchoHub.StartAsync("one");
        await using var gateway = await Edges.GatewayAsync($"Services:Realtime={one.Address}");
        await using var connection = new HubConnectionBuilder().WithUrl(new Uri(gateway.Address, "/realtime"), o => (o.SkipNegotiation, o.Transports) = (true, HttpTransportType.WebSockets)).Build();
        await connection.StartAsync();
        Assert.Equal("one", await connection.InvokeAsync<string>("Where"));
    }

    [Fact]
    public async Task Connections_WhenTheGatewayStops_CloseWithinTheDrainTime()
    {
        await using var one = await EchoHub.StartAsync("one");
        await using var gateway = await Edges.GatewayAsync($"Services:Realtime={one.Address}", "DrainTime=00:00:02");
        var closed = 0;
        var connections = Enumerable.Range(0, 6).Select(i => Connect(gateway, i % 2 == 0 ? HttpTransportType.WebSockets : HttpTransportType.ServerSentEvents)).ToArray();
        foreach (var connection in connections)
        {
            connection.Closed += _ => Task.FromResult(Interlocked.Increment(ref closed));
            await connection.StartAsync();
        }
        var began = TimeProvider.System.GetTimestamp();
        await gateway.StopAsync();
        await Answers.UntilAsync(() => closed == connections.Length, "all connections are closed");
        // Not cut at once, and not held until the server's own patience (drain time and 5 s) ends.
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4.5));
        foreach (var connection in connections)
            await connection.DisposeAsync();
    }

    static HubConnection Connect(Running gateway, HttpTransportType transport, string query = "") =>
        new HubConnectionBuilder().WithUrl(new Uri(gateway.Address, "/realtime" + query), transport).Build();
}
