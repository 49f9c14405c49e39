using System.Text;

namespace ChatGenius.Specs.Edge;

public abstract class EdgeSpecs(DeploymentFixture fixture) : Spec(fixture)
{
    [Fact]
    public async Task Config_PublishesTheLimits()
    {
        var config = (await Chat.GetAsync("/api/v1/config")).Expect(HttpStatusCode.OK).Body;

        Assert.Equal(16_000, config.Number("limits.text"));
        Assert.Equal((50L, 300L), (config.Number("rates.commandsPerSecond"), config.Number("rates.commandBurst")));
        Assert.Equal(Chat.Address.ToString().TrimEnd('/'), config.Text("publicUrl"));
    }

    [Fact]
    public async Task Errors_AreCataloguedWithWhatToDo()
    {
        var catalogue = (await Chat.GetAsync("/api/v1/errors")).Expect(HttpStatusCode.OK).Body;

        var errors = catalogue.ValueKind == JsonValueKind.Array ? catalogue.EnumerateArray().ToArray() : catalogue.List("items");
        var codes = errors.Select(error => error.Text("code")).ToArray();
        Assert.Superset(
            new HashSet<string?> { "invalid", "unauthenticated", "token_expired", "token_malformed", "not_a_member", "forbidden", "username_taken", "name_taken", "client_id_conflict", "rate_limited", "members_behind" },
            codes.ToHashSet());
        Assert.Equal(codes.Length, codes.Distinct().Count());
    }

    [Theory]
    [InlineData("GET", "/api/v1/nowhere", HttpStatusCode.NotFound, "not_found")]
    [InlineData("GET", "/api/v2/users", HttpStatusCode.NotFound, "not_found")]
    [InlineData("DELETE", "/api/v1/config", HttpStatusCode.MethodNotAllowed, "method_not_allowed")]
    [InlineData("GET", "/internal/identity/feeds/users/sums", HttpStatusCode.NotFound, "not_found")]
    [InlineData("POST", "/internal/messages/feeds/pull", HttpStatusCode.NotFound, "not_found")]
    [InlineData("GET", "/internal/identity/sessions/ended?since=0", HttpStatusCode.NotFound, "not_found")]
    public async Task Address_ThatIsNotPublic_IsAProblem(string method, string path, HttpStatusCode status, string code) =>
        (await Chat.SendAsync(new HttpMethod(method), path, token: (await Ann()).AccessToken)).ExpectProblem(status, code);

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/docs")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/docs/events")]
    [InlineData("/asyncapi/v1.json")]
    [InlineData("/asyncapi/bus/v1.json")]
    public async Task Page_IsThereWithoutSigningIn(string path) => (await Chat.GetAsync(path)).Expect(HttpStatusCode.OK);

    [Fact]
    public async Task OpenApi_DescribesEveryPublicCall()
    {
        var document = (await Chat.GetAsync("/openapi/v1.json")).Expect(HttpStatusCode.OK).Body;

        Assert.StartsWith("3.1", document.Text("openapi"), StringComparison.Ordinal);
        var paths = document.At("paths").EnumerateObject().Select(path => path.Name).ToHashSet();
        foreach (var path in (string[])["/api/v1/users", "/api/v1/users/me", "/api/v1/channels", "/api/v1/sync", "/api/v1/realtime/ticket", "/api/v1/users/me/channels"])
            Assert.Contains(path, paths);
        Assert.DoesNotContain(paths, path => path.StartsWith("/internal", StringComparison.Ordinal));
    }

    [Fact]
    public async Task UnknownFields_AreIgnoredAndNamed()
    {
        var ann = await Ann();
        var channel = await ann.CreateChannelAsync();

        var reply = await ann.SendAsync(HttpMethod.Post, $"{channel.Path}/messages", new { clientId = Guid.CreateVersion7(), text = "one", colour = "red", seq = 7 });

        reply.Expect(HttpStatusCode.Created);
        Assert.Equal(["colour", "seq"], reply.Header("ChatGenius-Ignored-Fields")!.Split(", ").Order());
        Assert.Equal(1, reply.Body.Number("seq"));
        var plain = await ann.SendAsync(HttpMethod.Post, $"{channel.Path}/messages", new { clientId = Guid.CreateVersion7(), text = "two" });
        Assert.Null(plain.Header("ChatGenius-Ignored-Fields"));
    }

    [Theory]
    [InlineData("/api/v1/users")]
    [InlineData("/api/v1/channels")]
    [InlineData("/api/v1/users/me/channels")]
    public async Task List_LongerThanTwoHundred_IsRefused(string path)
    {
        var ann = await Ann();

        (await ann.GetAsync(path + "?limit=200")).Expect(HttpStatusCode.OK);
        (await ann.GetAsync(path + "?limit=201")).Expect(HttpStatusCode.BadRequest).ExpectProblem();
        (await ann.GetAsync(path + "?limit=0")).Expect(HttpStatusCode.BadRequest).ExpectProblem();
        (await ann.GetAsync(path + "?cursor=made-up")).Expect(HttpStatusCode.BadRequest).ExpectProblem();
    }

    [Fact]
    public async Task Body_TooLarge_IsRefused()
    {
        var ann = await Ann();
        var channel = await ann.CreateChannelAsync();

        var reply = await ann.TryPostAsync(channel, Guid.CreateVersion7(), new string('x', 300_000));

        reply.ExpectProblem(HttpStatusCode.RequestEntityTooLarge, "too_large");
    }

    [Fact]
    public async Task Answers_CarryRatesAndSecurityHeaders()
    {
        var ann = await Ann();

        var reply = (await ann.SendAsync(HttpMethod.Post, "/api/v1/realtime/ticket")).Expect(HttpStatusCode.OK);

        Assert.NotNull(reply.Header("RateLimit"));
        Assert.NotNull(reply.Header("RateLimit-Policy"));
        Assert.Equal("nosniff", reply.Header("X-Content-Type-Options"));
        Assert.Null(reply.Header("Server"));
    }

    [Fact]
    public async Task Commands_BeyondTheBurst_AreHeldBackAndSayHowLong()
    {
        var dora = await Newcomer("dora");

        var replies = await Task.WhenAll(Enumerable.Range(0, 700).Select(_ => dora.SendAsync(HttpMethod.Post, "/api/v1/realtime/ticket")));

        var refused = replies.First(reply => reply.Status != HttpStatusCode.OK).ExpectProblem(HttpStatusCode.TooManyRequests, "rate_limited");
        Assert.True(int.Parse(refused.Header("Retry-After")!, null) > 0);
        Assert.True(replies.Count(reply => reply.Status == HttpStatusCode.OK) >= 300);
        // Others are not held back.
        (await (await Ann()).SendAsync(HttpMethod.Post, "/api/v1/realtime/ticket")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Page_OfAnotherOrigin_MayCall()
    {
        var preflight = await Chat.SendAsync(HttpMethod.Options, "/api/v1/channels", null, null,
            ("Origin", "https://elsewhere.example"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization,content-type,x-signalr-user-agent"));
        var simple = await Chat.SendAsync(HttpMethod.Get, "/api/v1/config", null, null, ("Origin", "https://elsewhere.example"));

        Assert.InRange((int)preflight.Status, 200, 204);
        Assert.Contains(preflight.Header("Access-Control-Allow-Origin"), (string[])["*", "https://elsewhere.example"]);
        Assert.Contains("authorization", preflight.Header("Access-Control-Allow-Headers")!, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(simple.Header("Access-Control-Allow-Origin"), (string[])["*", "https://elsewhere.example"]);
    }

    [Fact]
    public async Task Body_NotJson_IsRefusedByType()
    {
        var ann = await Ann();

        var reply = await Chat.SendAsync(HttpMethod.Post, "/api/v1/channels", new StringContent("name=a", Encoding.UTF8, "application/x-www-form-urlencoded"), "Bearer " + ann.AccessToken);

        reply.ExpectProblem(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
    }
}
