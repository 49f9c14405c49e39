namespace ChatGenius.Specs.Channels;

public abstract class ListingSpecs(DeploymentFixture fixture) : Spec(fixture)
{
    [Fact]
    public async Task List_HoldsPublicChannelsAndOnesOwn()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var prefix = Chat.Unique("list");
        var open = await CreateAsync(ann, prefix + "a", "public");
        var closed = await CreateAsync(ann, prefix + "b", "private");

        Assert.Equal([open, closed], await FindAsync(ann, prefix));
        Assert.Equal([open], await FindAsync(bob, prefix));
    }

    [Fact]
    public async Task Members_InPages_AreAllOfThemOnce()
    {
        var (ann, bob, cid) = (await Ann(), await Bob(), await Cid());
        var channel = await ann.CreateChannelAsync("public", bob, cid);

        var first = (await ann.GetAsync(channel.Path + "/members?limit=2")).Expect(HttpStatusCode.OK).Body;
        var second = (await ann.GetAsync($"{channel.Path}/members?limit=2&cursor={Uri.EscapeDataString(first.Text("next")!)}")).Expect(HttpStatusCode.OK).Body;

        Assert.True(second.IsNull("next"));
        var ids = first.List("items").Concat(second.List("items")).Select(member => member.Text("userId")!);
        Assert.Equal(new[] { ann.Id, bob.Id, cid.Id }.Select(id => id.ToString()).Order(), ids.Order());
    }

    [Fact]
    public async Task MySettings_AreMineAloneAndInMyFeed()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var channel = await ann.CreateChannelAsync("public", bob);

        var changed = (await bob.SendAsync(HttpMethod.Patch, $"/api/v1/users/me/channels/{channel.Id}", new { starred = true, muted = true, notify = "mentions" })).Expect(HttpStatusCode.OK).Body;

        Assert.Equal((true, true, false, "mentions"), (changed.Flag("starred"), changed.Flag("muted"), changed.Flag("hidden"), changed.Text("notify")));
        Assert.Equal(changed.GetRawText(), (await MineAsync(bob, channel)).GetRawText());
        Assert.False((await MineAsync(ann, channel)).Flag("starred"));
        var problem = await bob.SendAsync(HttpMethod.Patch, $"/api/v1/users/me/channels/{channel.Id}", new { notify = "loudly" });
        Assert.NotEmpty(problem.ExpectProblem(HttpStatusCode.BadRequest, "invalid").Body.Texts("errors.notify"));
    }

    static async Task<JsonElement> MineAsync(Person person, Channel channel)
    {
        var mine = new FeedCopy($"users/{person.Id}/channels");
        await mine.CatchUpAsync(person);
        return mine.Items.Single(item => item.Text("channelId") == channel.Id.ToString());
    }

    static async Task<string> CreateAsync(Person person, string name, string kind) =>
        (await person.SendAsync(HttpMethod.Post, "/api/v1/channels", new { name, kind })).Expect(HttpStatusCode.Created).Body.Text("channel.id")!;

    static async Task<IEnumerable<string?>> FindAsync(Person person, string query) =>
        (await person.GetAsync($"/api/v1/channels?query={query}")).Expect(HttpStatusCode.OK).Body.List("items").OrderBy(channel => channel.Text("name")).Select(channel => channel.Text("id"));
}
