namespace ChatGenius.EdgeTests.Limiting;

public sealed class RateLimitTests
{
    [Fact]
    public async Task Command_Answered_TellsPolicyAndRest()
    {
        await using var services = await PlayedServices.StartAsync();
        await using var gateway = await Edges.GatewayAsync(services);
        using var answer = await PostAsync(gateway, "/api/v1/channels", Tokens.For(Guid.CreateVersion7()));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("\"commands\";q=300;w=6", answer.Header("RateLimit-Policy"));
        Assert.Equal("\"commands\";r=299;t=1", answer.Header("RateLimit"));
    }

    [Fact]
    public async Task Read_Answered_TellsPolicyAndRest()
    {
        await using var gateway = await Edges.GatewayAsync();
        using var answer = await gateway.Http.GetAsync("/api/v1/config");
        Assert.Equal("\"reads\";q=2000;w=10", answer.Header("RateLimit-Policy"));
        Assert.StartsWith("\"reads\";r=1999;", answer.Header("RateLimit"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_BeyondTheBurst_AreRefusedForThatUserAlone()
    {
        await using var services = await PlayedServices.StartAsync();
        await using var gateway = await Edges.GatewayAsync(services, "Rates:CommandsPerSecond=1", "Rates:CommandBurst=3");
        var (greedy, other) = (Tokens.For(Guid.CreateVersion7()), Tokens.For(Guid.CreateVersion7()));
        using var refused = await UntilRefusedAsync(() => PostAsync(gateway, "/api/v1/channels", greedy), atLeast: 3);
        await refused.IsProblemAsync(HttpStatusCode.TooManyRequests, "rate_limited");
        Assert.Equal("1", refused.Header("Retry-After"));
        Assert.Equal("\"commands\";q=3;w=3", refused.Header("RateLimit-Policy"));
        Assert.StartsWith("\"commands\";r=0;", refused.Header("RateLimit"), StringComparison.Ordinal);
        using var othersAnswer = await PostAsync(gateway, "/api/v1/channels", other);
        Assert.Equal(HttpStatusCode.OK, othersAnswer.StatusCode);
        using var read = await gateway.Http.GetAsync("/api/v1/config");
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    [Fact]
    public async Task ForgedTokens_DoNotMakeNewUsers()
    {
        await using var services = await PlayedServices.StartAsync();
        await using var gateway = await Edges.GatewayAsync(services, "Rates:CommandsPerSecond=1", "Rates:CommandBurst=3");
        using var refused = await UntilRefusedAsync(() => PostAsync(gateway, "/api/v1/channels", Tokens.For(Guid.CreateVersion7())[..^8] + "AAAAAAAA"), atLeast: 3);
        await refused.IsProblemAsync(HttpStatusCode.TooManyRequests, "rate_limited");
    }

    [Theory]
    [InlineData("/connect/token", "SignInsPerMinuteAndAddress")]
    [InlineData("/api/v1/users", "RegistrationsPerMinuteAndAddress")]
    public async Task Address_BeyondItsMinute_IsRefused(string path, string setting)
    {
        await using var services = await PlayedServices.StartAsync();
        await using var gateway = await Edges.GatewayAsync(services, $"Rates:{setting}=4");
        // A token does not change whom these are counted for.
        using var refused = await UntilRefusedAsync(() => PostAsync(gateway, path, Tokens.For(Guid.CreateVersion7())), atLeast: 4);
        await refused.IsProblemAsync(HttpStatusCode.TooManyRequests, "rate_limited");
        Assert.Equal("15", refused.Header("Retry-After"));
        Assert.EndsWith(";q=4;w=60", refused.Header("RateLimit-Policy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_BehindATrustedProxy_IsTheClients()
    {
        await using var services = await PlayedServices.StartAsync();
        await using var gateway = await Edges.GatewayAsync(services, "Rates:RegistrationsPerMinuteAndAddress=1", "TrustedProxies=127.0.0.0/8, ::1");
        using var first = await PostAsync(gateway, "/api/v1/users", from: "192.0.2.1");
        using var second = await PostAsync(gateway, "/api/v1/users", from: "192.0.2.2");
        using var again = await PostAsync(gateway, "/api/v1/users", from: "192.0.2.1");
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], [first.StatusCode, second.StatusCode, again.StatusCode]);
    }

    [Fact]
    public async Task Address_ClaimedWithoutATrustedProxy_IsNotBelieved()
    {
        await using var services = await PlayedServices.StartAsync();
        await using var gateway = await Edges.GatewayAsync(services, "Rates:RegistrationsPerMinuteAndAddress=1");
        using var first = await PostAsync(gateway, "/api/v1/users", from: "192.0.2.1");
        using var second = await PostAsync(gateway, "/api/v1/users", from: "192.0.2.2");
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.TooManyRequests], [first.StatusCode, second.StatusCode]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.0/8, ::1")]
    public async Task Address_Claimed_ReachesNoService(string trusted)
    {
        await using var services = await PlayedServices.StartAsync();
        await using var gateway = await Edges.GatewayAsync(services, $"TrustedProxies={trusted}");
        using var answer = await PostAsync(gateway, "/api/v1/users", from: "192.0.2.1");
        Assert.Equal("", (await answer.Content.ReadFromJsonAsync<PlayedServices.Seen>())!.ForwardedFor);
    }

    [Theory]
    [InlineData("POST", "/realtime/negotiate")]
    [InlineData("GET", "/health/ready")]
    [InlineData("GET", "/openapi/v1.json")]
    [InlineData("OPTIONS", "/api/v1/channels")]
    public async Task What_IsNotLimited_SaysNothing(string method, string path)
    {
        await using var gateway = await Edges.GatewayAsync();
        using var answer = await gateway.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.Null(answer.Header("RateLimit"));
    }

    [Fact]
    public async Task Zero_SwitchesTheLimitOff()
    {
        await using var services = await PlayedServices.StartAsync();
        await using var gateway = await Edges.GatewayAsync(services, "Rates:CommandsPerSecond=0", "Rates:CommandBurst=1");
        for (var i = 0; i < 5; i++)
        {
            using var answer = await PostAsync(gateway, "/api/v1/channels");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Null(answer.Header("RateLimit"));
        }
    }

    // The bucket fills while it is emptied, so the refusal may come some requests after the burst; that it does not come before is checked.
    static async Task<HttpResponseMessage> UntilRefusedAsync(Func<Task<HttpResponseMessage>> send, int atLeast)
    {
        for (var taken = 0; taken < 100; taken++)
        {
            var answer = await send();
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                Assert.True(taken >= atLeast, $"Only {taken} were taken.");
                return answer;
            }
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            answer.Dispose();
        }
        throw new InvalidOperationException("100 requests were taken.");
    }

    static Task<HttpResponseMessage> PostAsync(Running gateway, string path, string? token = null, string? from = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(new { }) };
        if (token is not null)
            request.Headers.Add("Authorization", "Bearer " + token);
        if (from is not null)
            request.Headers.Add("X-Forwarded-For", from);
        return gateway.Http.SendAsync(request);
    }
}
