namespace ChatGenius.Specs.SigningIn;

public abstract class RegistrationSpecs(DeploymentFixture fixture) : Spec(fixture)
{
    [Fact]
    public async Task Register_NewName_AnswersTheProfile()
    {
        var username = Chat.Unique("dora");

        var user = (await RegisterAsync(new { username, password = "eight ch", displayName = "Dora D. 🌻" })).Expect(HttpStatusCode.Created).Body;

        Assert.Equal(username, user.Text("username"));
        Assert.Equal("Dora D. 🌻", user.Text("displayName"));
        Assert.Equal("", user.Text("statusText"));
        Assert.True(user.IsNull("avatarFileId"));
        Assert.True(user.Flag("active"));
        Assert.True(user.Number("revision") > 0);
        Assert.Equal(7, Guid.Parse(user.Text("id")!).Version);
        Assert.False(user.Has("email") || user.Has("password") || user.Has("passwordHash"));
    }

    [Fact]
    public async Task Register_TakenName_IsAConflict()
    {
        var username = Chat.Unique("dora");
        (await RegisterAsync(new { username, password = "a password" })).Expect(HttpStatusCode.Created);

        (await RegisterAsync(new { username, password = "another one" })).ExpectProblem(HttpStatusCode.Conflict, "username_taken");
        (await RegisterAsync(new { username = username.ToUpperInvariant(), password = "another one" })).ExpectProblem(HttpStatusCode.Conflict, "username_taken");
    }

    [Fact]
    public async Task Register_SameNameAtOnce_OneWins()
    {
        var username = Chat.Unique("dora");

        var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RegisterAsync(new { username, password = "a password" })));

        Assert.Single(replies, reply => reply.Status == HttpStatusCode.Created);
        foreach (var reply in replies.Where(reply => reply.Status != HttpStatusCode.Created))
            reply.ExpectProblem(HttpStatusCode.Conflict, "username_taken");
    }

    [Theory]
    [InlineData(7, false)]
    [InlineData(8, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public async Task Register_PasswordLength_DecidesAlone(int length, bool accepted)
    {
        var reply = await RegisterAsync(new { username = Chat.Unique("dora"), password = new string('a', length) });

        if (accepted)
        {
            reply.Expect(HttpStatusCode.Created);
            return;
        }
        var problem = reply.ExpectProblem(HttpStatusCode.BadRequest, "invalid").Body;
        Assert.NotEmpty(problem.Texts("errors.password"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("slash/ed")]
    public async Task Register_UnfitName_IsRefusedByField(string username)
    {
        var problem = (await RegisterAsync(new { username, password = "a password" })).ExpectProblem(HttpStatusCode.BadRequest, "invalid").Body;

        Assert.NotEmpty(problem.Texts("errors.username"));
    }

    [Fact]
    public async Task Config_TellsWhetherRegistrationIsOpen()
    {
        var config = (await Chat.GetAsync("/api/v1/config")).Expect(HttpStatusCode.OK).Body;

        Assert.Equal("open", config.Text("registration"));
        Assert.Equal("chatgenius", config.Text("clientId"));
    }

    Task<Reply> RegisterAsync(object body) => Chat.SendAsync(HttpMethod.Post, "/api/v1/users", body);
}
