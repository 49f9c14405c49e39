using System.Text.Json.Nodes;

namespace ChatGenius.Specs.BadInput;

/// <summary>Walks every public call with everything that clients get wrong: each gets a problem code, none a 500, and nothing changes.</summary>
public abstract class BadInputSpecs(DeploymentFixture fixture) : Spec(fixture)
{
    public static TheoryData<string> AllCalls => [.. Call.All.Select(call => call.ToString())];
    public static TheoryData<string> CallsWithBody => [.. Call.All.Where(call => call.Body is not null).Select(call => call.ToString())];

    [Theory]
    [MemberData(nameof(CallsWithBody))]
    public async Task Body_ThatIsNoObject_IsRefused(string name)
    {
        var (call, place) = await PlaceAsync(name);
        // A call whose fields may all be absent may do without a body.
        if (call.Required.Length > 0)
            (await place.SendAsync(call, "")).Expect(HttpStatusCode.BadRequest, HttpStatusCode.UnsupportedMediaType).ExpectProblem();
        foreach (var body in (string[])["{", "{\"a\":", "nonsense", "null", "[]", "7", "\"text\"", "{}{}", "{\"a\":1,}", new string('[', 2000), "\uFEFF"])
            (await place.SendAsync(call, body)).Expect(HttpStatusCode.BadRequest, HttpStatusCode.UnsupportedMediaType).ExpectProblem();
    }

    [Theory]
    [MemberData(nameof(CallsWithBody))]
    public async Task Body_NotInUtf8_IsRefused(string name)
    {
        var (call, place) = await PlaceAsync(name);
        var body = new ByteArrayContent([(byte)'{', (byte)'"', 0xFF, 0xFE, (byte)'"', (byte)':', (byte)'1', (byte)'}']);
        body.Headers.ContentType = new("application/json");

        (await Chat.SendAsync(call.HttpMethod, place.Fill(call.Path), body, "Bearer " + place.Caller.AccessToken)).Expect(HttpStatusCode.BadRequest).ExpectProblem();
    }

    [Theory]
    [MemberData(nameof(CallsWithBody))]
    public async Task RequiredField_MissingOrNull_IsRefused(string name)
    {
        var (call, place) = await PlaceAsync(name);
        foreach (var field in call.Required)
        {
            (await place.SendAsync(call, call.Without(field))).Expect(HttpStatusCode.BadRequest).ExpectProblem();
            (await place.SendAsync(call, call.With(field, null))).Expect(HttpStatusCode.BadRequest).ExpectProblem();
        }
    }

    [Theory]
    [MemberData(nameof(CallsWithBody))]
    public async Task Field_OfAWrongType_IsRefused(string name)
    {
        var (call, place) = await PlaceAsync(name);
        foreach (var (field, value) in call.Fields)
        foreach (var wrong in (JsonNode[])[new JsonObject { ["a"] = 1 }, new JsonArray(1, 2), "text that is no such thing", 1.5, -1, true, 1e300])
        {
            // A string where any string will do, a flag for a flag, an object without what it needs: the first is right, the last is seen elsewhere.
            if (value!.GetValueKind() != wrong.GetValueKind() && !(IsFlag(value) && IsFlag(wrong)))
                (await place.SendAsync(call, call.With(field, wrong.DeepClone()))).Expect(HttpStatusCode.BadRequest).ExpectProblem();
        }
    }

    [Theory]
    [InlineData("PUT", "/api/v1/channels/{channel}/read", """{"seq":-1}""")]
    [InlineData("PUT", "/api/v1/channels/{channel}/read", """{"seq":1.5}""")]
    [InlineData("PUT", "/api/v1/channels/{channel}/read", """{"seq":1e300}""")]
    [InlineData("PUT", "/api/v1/channels/{channel}/read", """{"seq":99999999999999999999999}""")]
    [InlineData("POST", "/api/v1/channels/{channel}/messages", """{"clientId":"{id}","text":"T","members":{"epoch":-1,"revision":1}}""")]
    [InlineData("POST", "/api/v1/channels/{channel}/messages", """{"clientId":"{id}","text":"T","members":{"epoch":"1","revision":1}}""")]
    [InlineData("POST", "/api/v1/channels/{channel}/messages", """{"clientId":"{id}","text":"T","mentions":[null]}""")]
    [InlineData("POST", "/api/v1/channels/{channel}/messages", """{"clientId":"{id}","text":"T","mentions":["nobody"]}""")]
    [InlineData("POST", "/api/v1/channels/{channel}/messages", """{"clientId":"00000000-0000-0000-0000-000000000000","text":"T"}""")]
    [InlineData("POST", "/api/v1/channels/{channel}/messages", """{"clientId":"{id}","text":""}""")]
    [InlineData("POST", "/api/v1/channels", """{"name":"{unique}","kind":"public","memberIds":[null]}""")]
    public async Task Value_OutOfRange_IsRefused(string method, string path, string body)
    {
        var (_, place) = await PlaceAsync(Call.All[^1].ToString());

        (await place.SendAsync(new Call(method, path), body)).Expect(HttpStatusCode.BadRequest).ExpectProblem();
    }

    [Fact]
    public async Task Mentions_MoreThanFifty_AreRefused()
    {
        var (_, place) = await PlaceAsync(Call.All[^1].ToString());
        var mentions = Enumerable.Range(0, 51).Select(_ => Guid.CreateVersion7());

        var reply = await place.Caller.TryPostAsync(new Channel(Guid.Parse(place.Channel)), Guid.CreateVersion7(), "all of you", mentions: mentions);

        Assert.NotEmpty(reply.ExpectProblem(HttpStatusCode.BadRequest, "invalid").Body.Texts("errors.mentions"));
    }

    [Theory]
    [MemberData(nameof(CallsWithBody))]
    public async Task Text_NobodyCanStore_IsRefused(string name)
    {
        var (call, place) = await PlaceAsync(name);
        foreach (var (field, _) in call.Fields.Where(field => field.Value!.GetValueKind() == JsonValueKind.String))
        foreach (var text in (string[])["a\\u0000b", "\\u0000", "\\ud800", "a\\udc00b", "\\udc00\\ud800", new string('x', 20_000)])
        {
            var body = call.With(field, "@@").Replace("\"@@\"", $"\"{text}\"", StringComparison.Ordinal);
            (await place.SendAsync(call, body)).Expect(HttpStatusCode.BadRequest).ExpectProblem();
        }
    }

    [Theory]
    [MemberData(nameof(AllCalls))]
    public async Task Id_ThatNamesNothing_IsNotFoundOrRefused(string name)
    {
        var (call, place) = await PlaceAsync(name);
        foreach (var part in (string[])["{channel}", "{message}", "{user}"])
        foreach (var id in (string[])["nonsense", "%00", "0", "..%2F..", new string('9', 300), Guid.CreateVersion7().ToString(), Guid.Empty.ToString()])
        {
            if (!call.Path.Contains(part, StringComparison.Ordinal))
                continue;
            var reply = await place.SendAsync(call with { Path = call.Path.Replace(part, id, StringComparison.Ordinal) }, call.Body);
            if (part == "{user}" && call.Method == "DELETE" && reply.Status == HttpStatusCode.OK)
                continue; // Removing someone who never was a member is what was wanted.
            reply.Expect(HttpStatusCode.NotFound, HttpStatusCode.BadRequest);
        }
    }

    [Theory]
    [MemberData(nameof(AllCalls))]
    public async Task Call_WithoutOrWithABadToken_IsUnauthenticated(string name)
    {
        var (call, place) = await PlaceAsync(name);
        if (call is { Method: "POST", Path: "/api/v1/users" })
            return;
        foreach (var authorization in (string?[])[null, "Bearer", "Bearer made.up.token", "Bearer " + place.Caller.AccessToken + "x", "Bearer Bearer " + place.Caller.AccessToken])
        {
            var content = call.Body is null ? null : new StringContent(place.Fill(call.Body), null, "application/json");
            (await Chat.SendAsync(call.HttpMethod, place.Fill(call.Path), content, authorization)).Expect(HttpStatusCode.Unauthorized).ExpectProblem();
        }
    }

    [Theory]
    [MemberData(nameof(AllCalls))]
    public async Task Channel_OfOthers_IsNotEvenKnown(string name)
    {
        var (call, place) = await PlaceAsync(name);
        if (!call.Path.Contains("{channel}", StringComparison.Ordinal))
            return;
        var bob = await Bob();
        var secret = await Fixture.OnceAsync("bob's secret", async () =>
        {
            var channel = await bob.CreateChannelAsync("private");
            return (channel, await bob.PostAsync(channel, "secret"));
        });
        var path = call.Path.Replace("{channel}", secret.channel.Id.ToString(), StringComparison.Ordinal).Replace("{message}", secret.Item2.Text("id"), StringComparison.Ordinal);

        // Inviting oneself, with one's own id, is the likeliest try.
        var reply = await place.SendAsync(call with { Path = path.Replace("{user}", place.Caller.Id.ToString(), StringComparison.Ordinal) }, call.Body);

        reply.ExpectProblem(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task EveryDescribedCall_IsWalked()
    {
        var document = (await Chat.GetAsync("/openapi/v1.json")).Expect(HttpStatusCode.OK).Body;
        var walked = Call.All.Select(call => Shape(call.ToString())).ToHashSet();

        var described = document.At("paths").EnumerateObject()
            .Where(path => path.Name.StartsWith("/api/v1/", StringComparison.Ordinal) && path.Name is not ("/api/v1/config" or "/api/v1/errors"))
            .SelectMany(path => path.Value.EnumerateObject().Where(one => one.Name is "get" or "put" or "post" or "patch" or "delete").Select(one => Shape($"{one.Name.ToUpperInvariant()} {path.Name}")));

        Assert.Empty(described.Except(walked));
    }

    // Whatever stands in braces, and `me` for a user.
    static string Shape(string call) => string.Join('/', call.Replace("/users/me", "/users/{me}", StringComparison.Ordinal).Replace("%F0%9F%91%8D", "{emoji}", StringComparison.Ordinal)
        .Split('/').Select(part => part.StartsWith('{') ? "{}" : part));

    static bool IsFlag(JsonNode node) => node.GetValueKind() is JsonValueKind.True or JsonValueKind.False;

    async Task<(Call Call, Place Place)> PlaceAsync(string name) =>
        (Call.All.Single(call => call.ToString() == name), await Fixture.OnceAsync("place for " + name, () => Place.MakeAsync(Fixture)));
}
