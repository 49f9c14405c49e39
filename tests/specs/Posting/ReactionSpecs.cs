namespace ChatGenius.Specs.Posting;

public abstract class ReactionSpecs(DeploymentFixture fixture) : Spec(fixture)
{
    [Fact]
    public async Task React_Twice_CountsOnce()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var channel = await ann.CreateChannelAsync("public", bob);
        var message = await ann.PostAsync(channel, "nice");

        (await ReactAsync(ann, channel, message, "👍")).Expect(HttpStatusCode.OK);
        var once = (await ReactAsync(bob, channel, message, "👍")).Expect(HttpStatusCode.OK).Body;
        var twice = (await ReactAsync(bob, channel, message, "👍")).Expect(HttpStatusCode.OK).Body;

        var reaction = Assert.Single(once.List("reactions"));
        Assert.Equal(("👍", 2L), (reaction.Text("emoji"), reaction.Number("count")));
        Assert.Equal([ann.Id.ToString(), bob.Id.ToString()], reaction.Texts("userIds"));
        Assert.Equal(once.GetRawText(), twice.GetRawText());
    }

    [Fact]
    public async Task React_TakenBack_IsGone()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var channel = await ann.CreateChannelAsync("public", bob);
        var message = await ann.PostAsync(channel, "nice");
        (await ReactAsync(ann, channel, message, "👩‍👩‍👧")).Expect(HttpStatusCode.OK);
        (await ReactAsync(bob, channel, message, "👍")).Expect(HttpStatusCode.OK);

        var after = (await ReactAsync(ann, channel, message, "👩‍👩‍👧", HttpMethod.Delete)).Expect(HttpStatusCode.OK).Body;
        var again = (await ReactAsync(ann, channel, message, "👩‍👩‍👧", HttpMethod.Delete)).Expect(HttpStatusCode.OK).Body;

        Assert.Equal("👍", Assert.Single(after.List("reactions")).Text("emoji"));
        Assert.Equal(after.GetRawText(), again.GetRawText());
    }

    [Fact]
    public async Task Page_TellsOnesOwnReactions()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var channel = await ann.CreateChannelAsync("public", bob);
        var message = await ann.PostAsync(channel, "nice");
        (await ReactAsync(bob, channel, message, "🎉")).Expect(HttpStatusCode.OK);

        Assert.Equal(["🎉"], (await bob.PageAsync(channel)).Texts($"mine.{message.Text("id")}"));
        Assert.Equal(["🎉"], (await bob.GetAsync(channel.Message(message))).Body.Texts("mine"));
        Assert.False((await ann.PageAsync(channel)).At("mine").Has(message.Text("id")!));
    }

    [Fact]
    public async Task React_WithTenKilobytes_IsRefused()
    {
        var ann = await Ann();
        var channel = await ann.CreateChannelAsync();
        var message = await ann.PostAsync(channel, "nice");

        (await ReactAsync(ann, channel, message, string.Concat(Enumerable.Repeat("🌻", 850)))).ExpectProblem();
        (await ReactAsync(ann, channel, message, " ")).ExpectProblem(HttpStatusCode.BadRequest, "invalid");
        Assert.Empty((await ann.GetAsync(channel.Message(message))).Body.List("item.reactions"));
    }

    [Fact]
    public async Task Pin_IsSeenByAllUntilItIsTakenOff()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var channel = await ann.CreateChannelAsync("public", bob);
        var message = await ann.PostAsync(channel, "house rules");

        Assert.True((await ann.SendAsync(HttpMethod.Put, channel.Message(message) + "/pin")).Expect(HttpStatusCode.OK).Body.Flag("pinned"));
        Assert.True((await bob.GetAsync(channel.Message(message))).Body.Flag("item.pinned"));
        Assert.False((await ann.SendAsync(HttpMethod.Delete, channel.Message(message) + "/pin")).Expect(HttpStatusCode.OK).Body.Flag("pinned"));
    }

    static Task<Reply> ReactAsync(Person person, Channel channel, JsonElement message, string emoji, HttpMethod? method = null) =>
        person.SendAsync(method ?? HttpMethod.Put, $"{channel.Message(message)}/reactions/{Uri.EscapeDataString(emoji)}");
}
