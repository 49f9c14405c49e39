namespace ChatGenius.Specs.SigningIn;

public abstract class TokenMistakeSpecs(DeploymentFixture fixture) : Spec(fixture)
{
    [Theory]
    [InlineData(null, "unauthenticated")]
    [InlineData("Bearer Bearer {0}", "token_malformed")]
    [InlineData("Bearer \"{0}\"", "token_malformed")]
    [InlineData("Bearer {0} x", "token_malformed")]
    [InlineData("Basic {0}", "token_malformed")]
    [InlineData("Bearer not.a.token", "token_invalid", "token_malformed")]
    [InlineData("Bearer {0}x", "token_invalid")]
    public async Task Token_SentWrongly_IsToldWhatIsWrong(string? authorization, params string[] codes)
    {
        var ann = await Ann();
        foreach (var path in (string[])["/api/v1/users/me", "/api/v1/channels", "/api/v1/users/me/channels"])
        {
            var reply = await Chat.SendAsync(HttpMethod.Get, path, null, authorization is null ? null : string.Format(null, authorization, ann.AccessToken));

            reply.Expect(HttpStatusCode.Unauthorized).ExpectProblem();
            Assert.Contains(reply.Body.Text("code"), codes);
            Assert.StartsWith("Bearer", reply.Header("WWW-Authenticate"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Token_OfAForger_IsInvalidEverywhere()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var (mine, theirs) = (ann.AccessToken.Split('.'), bob.AccessToken.Split('.'));
        var forged = $"{mine[0]}.{theirs[1]}.{mine[2]}";
        var unsigned = $"eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.{mine[1]}.";

        foreach (var token in (string[])[forged, unsigned])
        foreach (var path in (string[])["/api/v1/users/me", "/api/v1/channels", "/api/v1/users/me/channels"])
            (await Chat.GetAsync(path, token)).Expect(HttpStatusCode.Unauthorized).ExpectProblem();
        (await Chat.GetAsync("/api/v1/users/me", forged)).ExpectProblem(HttpStatusCode.Unauthorized, "token_invalid");
        (await Chat.SendAsync(HttpMethod.Post, "/api/v1/sync", new { positions = Array.Empty<object>() }, forged)).ExpectProblem(HttpStatusCode.Unauthorized, "token_invalid");
        (await Chat.SendAsync(HttpMethod.Post, "/realtime/negotiate?negotiateVersion=1", new { }, forged)).Expect(HttpStatusCode.Unauthorized).ExpectProblem();
    }

    [Fact]
    public async Task UserId_SentBesideTheToken_IsRefused()
    {
        var ann = await Ann();

        var beside = await Chat.SendAsync(HttpMethod.Get, "/api/v1/users/me", null, "Bearer " + ann.AccessToken, ("X-User-Id", ann.Id.ToString()));
        var behind = await Chat.SendAsync(HttpMethod.Get, "/api/v1/users/me", null, $"Bearer {ann.AccessToken} {ann.Id}");

        foreach (var reply in (Reply[])[beside, behind])
            reply.ExpectProblem(HttpStatusCode.BadRequest, "user_id_not_accepted");
    }
}
