namespace ChatGenius.Specs.SigningIn;

public abstract class SessionSpecs(DeploymentFixture fixture) : Spec(fixture)
{
    static readonly TimeSpan EndBound = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Refresh_GivesANewPairThatWorks()
    {
        var ann = await Newcomer();

        var first = (await Chat.RefreshAsync(ann.RefreshToken)).Expect(HttpStatusCode.OK).Body;
        var second = (await Chat.RefreshAsync(first.Text("refresh_token")!)).Expect(HttpStatusCode.OK).Body;

        Assert.Equal(3, new[] { ann.RefreshToken, first.Text("refresh_token"), second.Text("refresh_token") }.Distinct().Count());
        (await Chat.GetAsync("/api/v1/users/me", second.Text("access_token"))).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Refresh_WhoseAnswerWasLost_WorksOnceMoreWithinTheLeeway()
    {
        var ann = await Newcomer();
        (await Chat.RefreshAsync(ann.RefreshToken)).Expect(HttpStatusCode.OK);

        var again = (await Chat.RefreshAsync(ann.RefreshToken)).Expect(HttpStatusCode.OK).Body;

        (await Chat.GetAsync("/api/v1/users/me", again.Text("access_token"))).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Refresh_UsedAgainAfterTheLeeway_EndsTheSession()
    {
        var ann = await Newcomer();
        var fresh = (await Chat.RefreshAsync(ann.RefreshToken)).Expect(HttpStatusCode.OK).Body;

        var refused = await Eventually.Get(() => Chat.RefreshAsync(ann.RefreshToken), reply => reply.Status == HttpStatusCode.BadRequest, TimeSpan.FromSeconds(14), pause: TimeSpan.FromSeconds(1));

        Assert.Equal("invalid_grant", refused.Body.Text("error"));
        await EndedAsync(fresh.Text("access_token")!);
        Assert.Equal("invalid_grant", (await Chat.RefreshAsync(fresh.Text("refresh_token")!)).Expect(HttpStatusCode.BadRequest).Body.Text("error"));
    }

    [Theory]
    [InlineData("refresh_token")]
    [InlineData("access_token")]
    public async Task Revoke_AnyTokenOfASession_EndsItEverywhere(string kind)
    {
        var ann = await Newcomer();
        var other = await ann.SignInAgainAsync();
        var channel = await ann.CreateChannelAsync();

        (await Chat.RevokeAsync(kind == "refresh_token" ? ann.RefreshToken : ann.AccessToken, kind)).Expect(HttpStatusCode.OK);

        await EndedAsync(ann.AccessToken, "/api/v1/users/me");
        await EndedAsync(ann.AccessToken, channel.Path);
        await EndedAsync(ann.AccessToken, $"{channel.Path}/messages");
        Assert.Equal("invalid_grant", (await Chat.RefreshAsync(ann.RefreshToken)).Expect(HttpStatusCode.BadRequest).Body.Text("error"));
        (await other.GetAsync("/api/v1/users/me")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Revoke_UnknownToken_IsNoError() => (await Chat.RevokeAsync("made-up")).Expect(HttpStatusCode.OK);

    async Task EndedAsync(string accessToken, string path = "/api/v1/users/me")
    {
        var reply = await Eventually.Get(() => Chat.GetAsync(path, accessToken), reply => reply.Status == HttpStatusCode.Unauthorized, EndBound);
        reply.ExpectProblem(HttpStatusCode.Unauthorized, "session_ended");
    }
}
