namespace ChatGenius.EdgeTests.Pages;

public sealed class PagesTests
{
    [Fact]
    public async Task Answers_CarrySecurityHeaders()
    {
        await using var gateway = await Edges.GatewayAsync();
        using var answer = await gateway.Http.GetAsync("/docs");
        Assert.Contains("frame-ancestors 'none'", answer.Header("Content-Security-Policy")!, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", answer.Header("Content-Security-Policy")!, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", answer.Header("Content-Security-Policy")!, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("no-referrer", answer.Header("Referrer-Policy"));
        Assert.Equal("max-age=31536000", answer.Header("Strict-Transport-Security"));
        Assert.Null(answer.Header("Server"));
    }

    [Fact]
    public async Task Http_IsNotToldToBecomeHttps()
    {
        await using var gateway = await Edges.GatewayAsync("PublicUrl=http://localhost:8080");
        using var answer = await gateway.Http.GetAsync("/docs");
        Assert.Null(answer.Header("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Config_TellsLimitsAndRatesAsSet()
    {
        await using var gateway = await Edges.GatewayAsync("Rates:CommandBurst=77", "Registration=closed");
        var config = await gateway.Http.GetFromJsonAsync<JsonElement>("/api/v1/config");
        Assert.Equal(Edges.PublicUrl, config.GetProperty("publicUrl").GetString());
        Assert.Equal("closed", config.GetProperty("registration").GetString());
        Assert.Equal(16_000, config.GetProperty("limits").GetProperty("text").GetInt32());
        Assert.Equal(77, config.GetProperty("rates").GetProperty("commandBurst").GetInt32());
    }

    [Fact]
    public async Task Errors_AreListedWithTheirRemedies()
    {
        await using var gateway = await Edges.GatewayAsync();
        var errors = await gateway.Http.GetFromJsonAsync<JsonElement>("/api/v1/errors");
        var limited = errors.GetProperty("items").EnumerateArray().Single(e => e.GetProperty("code").GetString() == "rate_limited");
        Assert.Equal(429, limited.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrEmpty(limited.GetProperty("remedy").GetString()));
    }

    [Fact]
    public async Task Root_WithoutAWebClient_LeadsToTheDocumentation()
    {
        await using var gateway = await Edges.GatewayAsync("WebPath=/nowhere");
        Assert.Equal("/docs", (await gateway.Http.GetFromJsonAsync<JsonElement>("/")).GetProperty("docs").GetString());
        var page = await (await AsBrowserAsync(gateway, "/")).Content.ReadAsStringAsync();
        Assert.Contains("href=\"/docs\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/docs")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/health/live")]
    public async Task Head_IsAnsweredAsGetIs(string path)
    {
        await using var gateway = await Edges.GatewayAsync("WebPath=/nowhere");
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var head = await gateway.Http.SendAsync(request);
        using var whole = await gateway.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(whole.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Docs_NameEveryPathOfTheDocument()
    {
        await using var gateway = await Edges.GatewayAsync();
        var document = await gateway.Http.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        var docs = await gateway.Http.GetStringAsync("/docs");
        Assert.NotEmpty(document.GetProperty("paths").EnumerateObject());
        foreach (var path in document.GetProperty("paths").EnumerateObject())
            Assert.Contains($"<code>{path.Name}</code>", docs, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", docs, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Docs_NameEveryMethodAndEventOfTheHub()
    {
        await using var gateway = await Edges.GatewayAsync();
        var document = await gateway.Http.GetFromJsonAsync<JsonElement>("/asyncapi/v1.json");
        var bus = await gateway.Http.GetFromJsonAsync<JsonElement>("/asyncapi/bus/v1.json");
        var docs = await gateway.Http.GetStringAsync("/docs/events");
        foreach (var operation in document.GetProperty("operations").EnumerateObject())
            Assert.Contains($"<code>{operation.Name[(operation.Name.StartsWith("on", StringComparison.Ordinal) ? 2 : 4)..]}</code>", docs, StringComparison.Ordinal);
        foreach (var channel in bus.GetProperty("channels").EnumerateObject())
            Assert.Contains($"<code>{channel.Value.GetProperty("address").GetString()}</code>", docs, StringComparison.Ordinal);
        foreach (var link in System.Text.RegularExpressions.Regex.Matches(docs, "href=\"#(schema-[^\"]+)\"").Select(m => m.Groups[1].Value))
            Assert.Contains($"id=\"{link}\"", docs, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", docs, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Docs_StyleIsTheOneThatThePolicyKnows()
    {
        await using var gateway = await Edges.GatewayAsync();
        using var answer = await gateway.Http.GetAsync("/docs");
        var html = await answer.Content.ReadAsStringAsync();
        var style = html[(html.IndexOf("<style>", StringComparison.Ordinal) + 7)..html.IndexOf("</style>", StringComparison.Ordinal)];
        var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(style)));
        Assert.Contains($"style-src 'self' 'sha256-{hash}';", answer.Header("Content-Security-Policy")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WebClient_IsSentCompressedToWhoTakesIt()
    {
        var web = Directory.CreateTempSubdirectory("chatgenius-web-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(web.FullName, "index.html"), "the start page");
            await File.WriteAllTextAsync(Path.Combine(web.FullName, "index.html.gz"), "small");
            await using var gateway = await Edges.GatewayAsync($"WebPath={web.FullName}");
            using var request = new HttpRequestMessage(HttpMethod.Get, "/c/1") { Headers = { { "Accept", "text/html" }, { "Accept-Encoding", "gzip, br" } } };
            using var answer = await gateway.Http.SendAsync(request);
            Assert.Equal("gzip", answer.Header("Content-Encoding"));
            Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal("no-cache", answer.Header("Cache-Control"));
            using var plain = await AsBrowserAsync(gateway, "/c/1");
            Assert.Null(plain.Header("Content-Encoding"));
            Assert.Equal("the start page", await plain.Content.ReadAsStringAsync());
        }
        finally
        {
            web.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task WebClient_AnswersForEveryPageButNotForTheApi()
    {
        var web = Directory.CreateTempSubdirectory("chatgenius-web-");
        try
        {
            Directory.CreateDirectory(Path.Combine(web.FullName, "assets"));
            await File.WriteAllTextAsync(Path.Combine(web.FullName, "index.html"), "the start page");
            await File.WriteAllTextAsync(Path.Combine(web.FullName, "assets", "app-1a2b.js"), "the program");
            await using var gateway = await Edges.GatewayAsync($"WebPath={web.FullName}");
            foreach (var page in (string[])["/", "/channels/general"])
            {
                using var answer = await AsBrowserAsync(gateway, page);
                Assert.Equal("the start page", await answer.Content.ReadAsStringAsync());
                Assert.Equal("no-cache", answer.Header("Cache-Control"));
            }
            using var asset = await gateway.Http.GetAsync("/assets/app-1a2b.js");
            Assert.Equal("text/javascript", asset.Content.Headers.ContentType?.MediaType);
            Assert.Contains("immutable", asset.Header("Cache-Control")!, StringComparison.Ordinal);
            using var api = await AsBrowserAsync(gateway, "/api/v1/nothing");
            await api.IsProblemAsync(HttpStatusCode.NotFound, "not_found");
            using var missing = await gateway.Http.GetAsync("/assets/gone.js");
            await missing.IsProblemAsync(HttpStatusCode.NotFound, "not_found");
        }
        finally
        {
            web.Delete(recursive: true);
        }
    }

    static Task<HttpResponseMessage> AsBrowserAsync(Running gateway, string path) =>
        gateway.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", "text/html,application/xhtml+xml,*/*;q=0.8" } } });
}
