namespace ChatGenius.EdgeTests.Limiting;

public sealed class CrossOriginTests
{
    const string Page = "https://app.example.com";

    [Theory]
    [InlineData("/api/v1/channels", "PATCH", "authorization,content-type")]
    [InlineData("/realtime/negotiate", "POST", "x-requested-with,x-signalr-user-agent")]
    public async Task Preflight_OfAnyPage_IsAllowedAndKept(string path, string method, string headers)
    {
        await using var gateway = await Edges.GatewayAsync();
        using var answer = await PreflightAsync(gateway, path, method, headers);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(Page, answer.Header("Access-Control-Allow-Origin"));
        Assert.Equal("true", answer.Header("Access-Control-Allow-Credentials"));
        Assert.Equal("7200", answer.Header("Access-Control-Max-Age"));
        Assert.Contains(method, answer.Header("Access-Control-Allow-Methods")!, StringComparison.Ordinal);
        foreach (var header in headers.Split(','))
            Assert.Contains(header, answer.Header("Access-Control-Allow-Headers")!, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Answer_AlsoOfARefusal_CanBeReadByThePage()
    {
        await using var gateway = await Edges.GatewayAsync();
        foreach (var path in (string[])["/api/v1/config", "/api/v1/channels", "/nothing/here"])
        {
            using var answer = await gateway.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Origin", Page } } });
            Assert.Equal(Page, answer.Header("Access-Control-Allow-Origin"));
            Assert.Equal("Origin", answer.Header("Vary"));
            foreach (var header in (string[])["RateLimit", "RateLimit-Policy", "Retry-After", "ChatGenius-Ignored-Fields", "Location"])
                Assert.Contains(header, answer.Header("Access-Control-Expose-Headers")!.Split(',', StringSplitOptions.TrimEntries));
        }
    }

    [Fact]
    public async Task Page_NotAmongTheOrigins_IsNotAllowed()
    {
        await using var gateway = await Edges.GatewayAsync("CorsOrigins=https://one.example.org, https://two.example.org");
        using var refused = await PreflightAsync(gateway, "/api/v1/channels", "POST", "authorization");
        Assert.Null(refused.Header("Access-Control-Allow-Origin"));
        using var allowed = await PreflightAsync(gateway, "/api/v1/channels", "POST", "authorization", "https://two.example.org");
        Assert.Equal("https://two.example.org", allowed.Header("Access-Control-Allow-Origin"));
    }

    static Task<HttpResponseMessage> PreflightAsync(Running gateway, string path, string method, string headers, string origin = Page) =>
        gateway.Http.SendAsync(new HttpRequestMessage(HttpMethod.Options, path)
        {
            Headers = { { "Origin", origin }, { "Access-Control-Request-Method", method }, { "Access-Control-Request-Headers", headers } },
        });
}
