namespace ChatGenius.Specs.Channels;

public abstract class CreatingSpecs(DeploymentFixture fixture) : Spec(fixture)
{
    [Theory]
    [InlineData("public")]
    [InlineData("private")]
    public async Task Create_NamedChannel_MakesTheCreatorItsOwner(string kind)
    {
        var (ann, bob) = (await Ann(), await Bob());
        var name = Chat.Unique("c");

        var created = (await CreateAsync(ann, new { name, kind, topic = "All about tea ☕", memberIds = new[] { bob.Id } })).Expect(HttpStatusCode.Created).Body;

        var channel = created.At("channel");
        Assert.Equal((name, kind, "All about tea ☕", false), (channel.Text("name"), channel.Text("kind"), channel.Text("topic"), channel.Flag("archived")));
        Assert.Equal(ann.Id.ToString(), channel.Text("createdBy"));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", channel.Text("createdAt"));
        Assert.Equal(2, channel.Number("memberCount"));
        Assert.True(created.Number("members.epoch") > 0 && created.Number("members.revision") > 0);
        var members = (await bob.GetAsync($"/api/v1/channels/{channel.Text("id")}/members")).Expect(HttpStatusCode.OK).Body.List("items");
        Assert.Equal([(ann.Id.ToString(), "owner"), (bob.Id.ToString(), "member")], members.Select(member => (member.Text("userId"), member.Text("role"))).OrderByDescending(member => member.Item2));
    }

    [Fact]
    public async Task Create_TakenName_IsAConflict()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var name = Chat.Unique("c");
        (await CreateAsync(ann, new { name, kind = "public" })).Expect(HttpStatusCode.Created);

        (await CreateAsync(bob, new { name, kind = "public" })).ExpectProblem(HttpStatusCode.Conflict, "name_taken");
    }

    [Fact]
    public async Task Create_SameClientId_AnswersTheSameChannel()
    {
        var ann = await Ann();
        var body = new { name = Chat.Unique("c"), kind = "public", clientId = Guid.CreateVersion7() };

        var first = (await CreateAsync(ann, body)).Expect(HttpStatusCode.Created).Body;
        var again = (await CreateAsync(ann, body)).Expect(HttpStatusCode.OK).Body;

        Assert.Equal(first.Text("channel.id"), again.Text("channel.id"));
        (await CreateAsync(ann, new { name = Chat.Unique("c"), kind = "public", body.clientId })).ExpectProblem(HttpStatusCode.Conflict, "client_id_conflict");
    }

    [Theory]
    [InlineData("""{"kind":"public"}""", "name")]
    [InlineData("""{"kind":"public","name":""}""", "name")]
    [InlineData("""{"kind":"secret","name":"a"}""", "kind")]
    [InlineData("""{"kind":"direct"}""", "memberIds")]
    public async Task Create_UnfitField_IsRefusedByName(string body, string field)
    {
        var reply = await Chat.SendRawAsync(HttpMethod.Post, "/api/v1/channels", body, (await Ann()).AccessToken);

        Assert.NotEmpty(reply.ExpectProblem(HttpStatusCode.BadRequest, "invalid").Body.Texts($"errors.{field}"));
    }

    [Fact]
    public async Task Create_WithUnknownMember_IsRefused() =>
        (await CreateAsync(await Ann(), new { name = Chat.Unique("c"), kind = "public", memberIds = new[] { Guid.CreateVersion7() } })).ExpectProblem();

    static Task<Reply> CreateAsync(Person person, object body) => person.SendAsync(HttpMethod.Post, "/api/v1/channels", body);
}
