namespace ChatGenius.EdgeTests.Proxying;

public sealed class RoutingTests
{
    [Theory]
    [InlineData("POST", "/api/v1/users", "identity")]
    [InlineData("GET", "/api/v1/users/me", "identity")]
    [InlineData("POST", "/connect/token", "identity")]
    [InlineData("GET", "/.well-known/openid-configuration", "identity")]
    [InlineData("POST", "/api/v1/realtime/ticket", "identity")]
    [InlineData("GET", "/api/v1/users/me/channels", "messages")]
    [InlineData("PATCH", "/api/v1/users/me/channels/019a", "channels")]
    [InlineData("POST", "/api/v1/channels", "channels")]
    [InlineData("GET", "/api/v1/channels/019a", "channels")]
    [InlineData("PUT", "/api/v1/channels/019a/members/me", "channels")]
    [InlineData("POST", "/api/v1/channels/019a/messages", "messages")]
    [InlineData("PUT", "/api/v1/channels/019a/messages/019b/reactions/%F0%9F%91%8D%20%25", "messages")]
    [InlineData("PUT", "/api/v1/channels/019a/read", "messages")]
    [InlineData("POST", "/api/v1/sync", "realtime")]
    public async Task Path_GoesToItsService(string method, string path, string service)
    {
        await using var services = await PlayedServices.StartAsync();
        await using var gateway = await Edges.GatewayAsync(services);
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Headers = { { "Authorization", "Bearer some.thing.else" } } };
        using var answer = await gateway.Http.SendAsync(request);
        var seen = await answer.Content.ReadFromJsonAsync<PlayedServices.Seen>();
        Assert.Equal((service, method, Uri.UnescapeDataString(path), "Bearer some.thing.else"), (seen!.Service, seen.Method, seen.Path, seen.Authorization));
    }

    [Fact]
    public async Task Instance_ThatCannotBeReached_IsPassedOver()
    {
        await using var services = await PlayedServices.StartAsync();
        // Where no instance says that it is ready, all are used, so health checks do not spare the gateway the ones that are gone.
        await using var live = await PlayedServices.StartAsync("channels", ready: false);
        await using var gateway = await Edges.GatewayAsync(services, $"Services:Channels={PlayedServices.Nowhere()},{live.Address},{PlayedServices.Nowhere()}");
        for (var i = 0; i < 20; i++)
        {
            using var answer = await gateway.Http.PostAsync("/api/v1/channels", new StringContent($"body {i}"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal($"body {i}", (await answer.Content.ReadFromJsonAsync<PlayedServices.Seen>())!.Body);
        }
    }

    [Fact]
    public async Task Gateway_StartsBeforeTheServices()
    {
        await using var gateway = await Edges.GatewayAsync("Services:Messages=http://no-such-host.invalid:8080");
        using var ready = await gateway.Http.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        using var answer = await gateway.Http.GetAsync("/api/v1/users/me/channels");
        await answer.IsProblemAsync(HttpStatusCode.ServiceUnavailable, "unavailable");
    }

    [Theory]
    [InlineData(150)]
    [InlineData(1_500)]
    public async Task SmallBody_ReachesTheServiceInOnePieceWithItsHead(int length)
    {
        await using var channels = new SegmentService();
        await using var gateway = await Edges.GatewayAsync($"Services:Channels={channels.Address}");
        for (var i = 0; i < 20; i++)
        {
            using var answer = await gateway.Http.PostAsync("/api/v1/channels", new StringContent(new string('x', length)));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(Enumerable.Repeat(length, 20), channels.BodyBytesWithTheHead);
    }

    [Theory]
    [InlineData(100_000, false)]
    [InlineData(100, true)]
    public async Task Body_LargeOrOfUnknownLength_ArrivesWhole(int length, bool chunked)
    {
        await using var services = await PlayedServices.StartAsync();
        await using var gateway = await Edges.GatewayAsync(services);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/channels") { Content = new StringContent(new string('x', length)), Headers = { TransferEncodingChunked = chunked } };

        using var answer = await gateway.Http.SendAsync(request);

        Assert.Equal(new string('x', length), (await answer.Content.ReadFromJsonAsync<PlayedServices.Seen>())!.Body);
    }
}
