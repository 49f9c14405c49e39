using System.Buffers.Text;
using System.Text;

namespace ChatGenius.Specs.SigningIn;

public abstract class SignInSpecs(DeploymentFixture fixture) : Spec(fixture)
{
    [Fact]
    public async Task SignIn_RightPassword_GivesTokensOfAQuarterOfAnHour()
    {
        var ann = await Ann();

        var tokens = (await Chat.TokenAsync(ann.Username, ann.Password)).Expect(HttpStatusCode.OK).Body;

        Assert.Equal("Bearer", tokens.Text("token_type"));
        Assert.InRange(tokens.Number("expires_in"), 895, 900);
        Assert.NotEmpty(tokens.Text("refresh_token")!);
        var (header, claims) = Decode(tokens.Text("access_token")!);
        Assert.Matches("^(RS|ES|PS)", header.Text("alg"));
        Assert.Equal(Chat.Address.ToString().TrimEnd('/'), claims.Text("iss")!.TrimEnd('/'));
        Assert.Equal(ann.Id.ToString(), claims.Text("sub"));
        (await Chat.GetAsync("/api/v1/users/me", tokens.Text("access_token"))).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task SignIn_WithoutOfflineAccess_GivesNoRefreshToken()
    {
        var ann = await Ann();

        var tokens = (await Chat.TokenAsync(ann.Username, ann.Password, "openid")).Expect(HttpStatusCode.OK).Body;

        Assert.False(tokens.Has("refresh_token"));
    }

    [Fact]
    public async Task SignIn_WrongPasswordOrNoSuchUser_AnswersAlike()
    {
        var ann = await Newcomer();

        var wrong = (await Chat.TokenAsync(ann.Username, "not the password")).Expect(HttpStatusCode.BadRequest).Body;
        var nobody = (await Chat.TokenAsync(Chat.Unique("nobody"), "not the password")).Expect(HttpStatusCode.BadRequest).Body;

        Assert.Equal("invalid_grant", wrong.Text("error"));
        Assert.Equal("invalid_grant", nobody.Text("error"));
        Assert.Equal(wrong.Text("error_description"), nobody.Text("error_description"));
    }

    [Fact]
    public async Task SignIn_ManyWrongPasswords_AreHeldBack()
    {
        var victim = await Newcomer();

        var replies = new List<Reply>();
        for (var i = 0; i < 12; i++)
            replies.Add(await Chat.TokenAsync(victim.Username, "guess number " + i));

        Assert.All(replies, reply => Assert.InRange((int)reply.Status, 400, 429));
        var last = replies[^1].Expect(HttpStatusCode.TooManyRequests);
        Assert.True(int.Parse(last.Header("Retry-After")!, null) > 0);
    }

    [Theory]
    [InlineData("grant_type=telepathy&client_id=chatgenius", "unsupported_grant_type")]
    [InlineData("grant_type=password&client_id=chatgenius", "invalid_request")]
    [InlineData("client_id=chatgenius", "invalid_request")]
    [InlineData("grant_type=password&client_id=nobody&username=a&password=b", "invalid_client")]
    [InlineData("grant_type=refresh_token&client_id=chatgenius&refresh_token=made-up", "invalid_grant")]
    public async Task TokenRequest_Mistaken_IsAnsweredAsOAuthSays(string form, string error)
    {
        var reply = await Chat.SendRawAsync(HttpMethod.Post, "/connect/token", form, contentType: "application/x-www-form-urlencoded");

        Assert.InRange((int)reply.Status, 400, 401);
        Assert.Equal(error, reply.Body.Text("error"));
    }

    [Fact]
    public async Task Discovery_NamesEndpointsAtThePublicAddressAndItsKeysSignTheTokens()
    {
        var ann = await Ann();

        var discovery = (await Chat.GetAsync("/.well-known/openid-configuration")).Expect(HttpStatusCode.OK).Body;

        foreach (var endpoint in (string[])["token_endpoint", "jwks_uri", "userinfo_endpoint", "revocation_endpoint"])
            Assert.StartsWith(Chat.Address.ToString(), discovery.Text(endpoint)!, StringComparison.Ordinal);
        Assert.Equal("/connect/token", new Uri(discovery.Text("token_endpoint")!).AbsolutePath);
        var keys = (await Chat.GetAsync(new Uri(discovery.Text("jwks_uri")!).AbsolutePath)).Expect(HttpStatusCode.OK).Body.List("keys");
        Assert.Contains(Decode(ann.AccessToken).Header.Text("kid"), keys.Select(key => key.Text("kid")));
        Assert.All(keys, key => Assert.False(key.Has("d") || key.Has("p"), "a private key is published"));
    }

    [Fact]
    public async Task UserInfo_OfAToken_NamesItsUser()
    {
        var ann = await Ann();

        Assert.Equal(ann.Id.ToString(), (await ann.GetAsync("/connect/userinfo")).Expect(HttpStatusCode.OK).Body.Text("sub"));
    }

    static (JsonElement Header, JsonElement Claims) Decode(string token)
    {
        var parts = token.Split('.');
        Assert.Equal(3, parts.Length);
        return (Json.Parse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0]))), Json.Parse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1]))));
    }
}
