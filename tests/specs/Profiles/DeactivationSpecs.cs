namespace ChatGenius.Specs.Profiles;

public abstract class DeactivationSpecs(DeploymentFixture fixture) : Spec(fixture)
{
    [Fact]
    public async Task Deactivated_UserIsSignedOutAndStaysOutUntilBroughtBack()
    {
        var (dora, bob) = (await Newcomer("dora"), await Bob());
        await using var live = await dora.ConnectAsync();

        var profile = (await SetAsync(Fixture.Administrator, dora, active: false)).Expect(HttpStatusCode.OK).Body;

        Assert.False(profile.Flag("active"));
        Assert.False((await bob.GetAsync($"/api/v1/users/{dora.Id}")).Expect(HttpStatusCode.OK).Body.Flag("active"));
        Assert.Equal(4002, (await live.HearAsync("Closing", within: TimeSpan.FromSeconds(2))).Number("code"));
        (await Eventually.Get(() => dora.GetAsync("/api/v1/users/me"), reply => reply.Status == HttpStatusCode.Unauthorized, TimeSpan.FromSeconds(2))).ExpectProblem();
        Assert.Equal("invalid_grant", (await Chat.RefreshAsync(dora.RefreshToken)).Expect(HttpStatusCode.BadRequest).Body.Text("error"));
        Assert.Equal("invalid_grant", (await Chat.TokenAsync(dora.Username, dora.Password)).Expect(HttpStatusCode.BadRequest).Body.Text("error"));

        Assert.True((await SetAsync(Fixture.Administrator, dora, active: true)).Expect(HttpStatusCode.OK).Body.Flag("active"));
        await dora.SignInAgainAsync();
    }

    [Fact]
    public async Task Deactivation_IsForAdministratorsAndNotOfThemselves()
    {
        var (ann, bob) = (await Ann(), await Bob());

        (await SetAsync(ann, bob, active: false)).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await SetAsync(Fixture.Administrator, Fixture.Administrator, active: false)).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    static Task<Reply> SetAsync(Person by, Person user, bool active) => by.SendAsync(HttpMethod.Put, $"/api/v1/users/{user.Id}/active", new { active });
}
