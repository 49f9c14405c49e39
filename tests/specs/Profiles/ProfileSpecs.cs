namespace ChatGenius.Specs.Profiles;

public abstract class ProfileSpecs(DeploymentFixture fixture) : Spec(fixture)
{
    [Fact]
    public async Task Profile_ByIdAndAsMe_IsTheSame()
    {
        var (ann, bob) = (await Ann(), await Bob());

        var mine = (await ann.GetAsync("/api/v1/users/me")).Expect(HttpStatusCode.OK).Body;
        var seen = (await bob.GetAsync($"/api/v1/users/{ann.Id}")).Expect(HttpStatusCode.OK).Body;

        Assert.Equal(ann.Username, mine.Text("username"));
        Assert.Equal(mine.GetRawText(), seen.GetRawText());
    }

    [Fact]
    public async Task Profile_OfNobody_IsNotFound() =>
        (await (await Ann()).GetAsync($"/api/v1/users/{Guid.CreateVersion7()}")).ExpectProblem(HttpStatusCode.NotFound, "not_found");

    [Fact]
    public async Task Profiles_ByIds_AreTheOnesThatExist()
    {
        var (ann, bob) = (await Ann(), await Bob());

        var list = (await ann.GetAsync($"/api/v1/users?ids={ann.Id},{bob.Id},{Guid.CreateVersion7()}")).Expect(HttpStatusCode.OK).Body;

        Assert.Equal(new[] { ann.Id.ToString(), bob.Id.ToString() }.Order(), list.List("items").Select(user => user.Text("id")).Order());
    }

    [Fact]
    public async Task Profiles_ByQuery_FindPartsOfNames()
    {
        var dora = await Newcomer("dora");

        var list = (await dora.GetAsync($"/api/v1/users?query={dora.Username[..12]}")).Expect(HttpStatusCode.OK).Body;

        Assert.Contains(dora.Id.ToString(), list.List("items").Select(user => user.Text("id")));
        Assert.Empty((await dora.GetAsync($"/api/v1/users?query={Chat.Unique("zz")}")).Expect(HttpStatusCode.OK).Body.List("items"));
    }

    [Fact]
    public async Task Profiles_InPages_AreAllOfThemOnce()
    {
        var ann = await Ann();
        await Bob();
        await Cid();
        var seen = new List<string?>();
        for (var path = "/api/v1/users?limit=2"; ;)
        {
            var page = (await ann.GetAsync(path)).Expect(HttpStatusCode.OK).Body;
            Assert.InRange(page.List("items").Length, 0, 2);
            seen.AddRange(page.List("items").Select(user => user.Text("id")));
            if (page.IsNull("next"))
                break;
            path = $"/api/v1/users?limit=2&cursor={Uri.EscapeDataString(page.Text("next")!)}";
        }

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Contains(ann.Id.ToString(), seen);
    }

    [Fact]
    public async Task Profile_Changed_IsSeenByOthersAndInTheUsersFeed()
    {
        var (dora, bob) = (await Newcomer("dora"), await Bob());
        var users = new FeedCopy("users");
        await users.CatchUpAsync(bob);
        var before = users.Revision;

        var changed = (await dora.SendAsync(HttpMethod.Patch, "/api/v1/users/me", new { displayName = "Dora the 2nd", statusText = "out for lunch 🍜" })).Expect(HttpStatusCode.OK).Body;

        Assert.Equal("Dora the 2nd", changed.Text("displayName"));
        Assert.Equal("out for lunch 🍜", changed.Text("statusText"));
        await users.CatchUpAsync(bob);
        Assert.True(users.Revision > before);
        var item = users.Items.Single(user => user.Text("id") == dora.Id.ToString());
        Assert.Equal(changed.GetRawText(), item.GetRawText());
        Assert.Equal(item.Number("revision"), changed.Number("revision"));
    }

    [Fact]
    public async Task Profile_ChangedInPart_KeepsTheRest()
    {
        var dora = await Newcomer("dora");
        (await dora.SendAsync(HttpMethod.Patch, "/api/v1/users/me", new { statusText = "here" })).Expect(HttpStatusCode.OK);

        var changed = (await dora.SendAsync(HttpMethod.Patch, "/api/v1/users/me", new { displayName = "D" })).Expect(HttpStatusCode.OK).Body;

        Assert.Equal("here", changed.Text("statusText"));
    }

    [Theory]
    [InlineData("displayName", 101)]
    [InlineData("statusText", 201)]
    public async Task Profile_OverLongField_IsRefusedByName(string field, int length)
    {
        var reply = await (await Ann()).SendAsync(HttpMethod.Patch, "/api/v1/users/me", new Dictionary<string, string> { [field] = new('x', length) });

        Assert.NotEmpty(reply.ExpectProblem(HttpStatusCode.BadRequest, "invalid").Body.Texts($"errors.{field}"));
    }
}
