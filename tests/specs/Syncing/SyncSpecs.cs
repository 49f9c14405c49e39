namespace ChatGenius.Specs.Syncing;

public abstract class SyncSpecs(DeploymentFixture fixture) : Spec(fixture)
{
    [Fact]
    public async Task Sync_FromNothing_IsAResetWithEveryField()
    {
        var ann = await Ann();
        var channel = await ann.CreateChannelAsync();
        var message = await ann.PostAsync(channel, "one");

        var answer = await ann.SyncAsync(new { feed = channel.Messages, epoch = (long?)null, revision = (long?)null });

        var delta = Assert.Single(answer.List("deltas"));
        Assert.Equal(["epoch", "feed", "fence", "floor", "from", "items", "more", "reset", "to"], delta.EnumerateObject().Select(field => field.Name).Order());
        Assert.Equal((channel.Messages, 0L, message.Number("revision"), true, 1L, false),
            (delta.Text("feed"), delta.Number("from"), delta.Number("to"), delta.Flag("reset"), delta.Number("floor"), delta.Flag("more")));
        Assert.True(delta.Number("epoch") > 0 && delta.Number("fence.epoch") > 0 && delta.Number("fence.revision") > 0);
        Assert.Equal(message.GetRawText(), Assert.Single(delta.List("items")).GetRawText());
        Assert.Equal((channel.Messages, message.Number("revision")), (answer.Text("heads.0.feed"), answer.Number("heads.0.revision")));
        Assert.Empty(answer.List("denied"));
        Assert.Empty(answer.List("failed"));
    }

    [Fact]
    public async Task Sync_OfFeedsOtherThanMessages_HasNoFloorAndNoFence()
    {
        var ann = await Ann();
        var channel = await ann.CreateChannelAsync();

        var answer = await ann.SyncAsync(new { feed = channel.Members }, new { feed = $"users/{ann.Id}/channels" }, new { feed = $"users/{ann.Id}/reads" }, new { feed = "users" });

        Assert.Equal(4, answer.List("heads").Length);
        foreach (var delta in answer.List("deltas"))
            Assert.True(delta.IsNull("floor") && delta.IsNull("fence") && delta.Flag("reset"), delta.GetRawText());
    }

    [Fact]
    public async Task Sync_FromAPosition_IsWhatChangedSinceOnceEach()
    {
        var ann = await Ann();
        var channel = await ann.CreateChannelAsync();
        var first = await ann.PostAsync(channel, "first");
        await ann.PostAsync(channel, "second");
        var copy = new FeedCopy(channel.Messages);
        await copy.CatchUpAsync(ann);
        var before = copy.Revision;
        foreach (var text in (string[])["edit 1", "edit 2", "edit 3"])
            (await ann.SendAsync(HttpMethod.Patch, channel.Message(first), new { text })).Expect(HttpStatusCode.OK);
        await ann.PostAsync(channel, "third");

        var delta = Assert.Single((await ann.SyncAsync(copy.Position)).List("deltas"));

        Assert.Equal((before, before + 4, false), (delta.Number("from"), delta.Number("to"), delta.Flag("reset")));
        Assert.True(delta.IsNull("floor"));
        Assert.Equal(["edit 3", "third"], delta.List("items").Select(item => item.Text("text")));
    }

    [Fact]
    public async Task Sync_AtTheHead_SaysNothingNew()
    {
        var ann = await Ann();
        var channel = await ann.CreateChannelAsync();
        var copy = new FeedCopy(channel.Messages);
        await copy.CatchUpAsync(ann);
        Assert.Equal(0, copy.Revision);
        Assert.True(copy.Epoch > 0);

        var empty = await ann.SyncAsync(copy.Position);
        await ann.PostAsync(channel, "one");
        await copy.CatchUpAsync(ann);
        var full = await ann.SyncAsync(copy.Position);

        Assert.Empty(empty.List("deltas"));
        Assert.Single(copy.Items);
        Assert.Empty(full.List("deltas"));
        Assert.Equal(1, full.Number("heads.0.revision"));
    }

    [Fact]
    public async Task Sync_OfALongChannel_IsItsLatestWindowWithAFloor()
    {
        var ann = await Ann();
        var channel = await ann.CreateChannelAsync();
        for (var i = 1; i <= 70; i++)
            await ann.PostAsync(channel, $"message {i}");

        var delta = Assert.Single((await ann.SyncAsync(new { feed = channel.Messages })).List("deltas"));

        Assert.Equal((21L, false, 70L), (delta.Number("floor"), delta.Flag("more"), delta.Number("to")));
        Assert.Equal(Enumerable.Range(21, 50).Select(n => (long)n), delta.List("items").Select(item => item.Number("seq")));
    }

    [Fact]
    public async Task Sync_OneBadFeed_NeverFailsTheOthers()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var (mine, theirs) = (await ann.CreateChannelAsync(), await bob.CreateChannelAsync("private"));
        var message = await ann.PostAsync(mine, "one");
        var copy = new FeedCopy(mine.Messages);
        await copy.CatchUpAsync(ann);

        var answer = await ann.SyncAsync(
            new { feed = mine.Members },
            new { feed = mine.Messages, epoch = copy.Epoch, revision = message.Number("revision") + 5 },
            new { feed = theirs.Messages },
            new { feed = $"users/{bob.Id}/reads" },
            new { feed = "channels/of/dreams" },
            new { feed = $"channels/{Guid.CreateVersion7()}/messages" },
            new { feed = "users", epoch = -1, revision = 0 });

        var failed = answer.List("failed").ToDictionary(failure => failure.Text("feed")!, failure => failure.Text("code"));
        Assert.Equal("position_ahead", failed[mine.Messages]);
        Assert.Equal("unknown_feed", failed["channels/of/dreams"]);
        Assert.Equal("malformed", failed["users"]);
        Assert.Superset(new HashSet<string> { theirs.Messages, $"users/{bob.Id}/reads" }, answer.Texts("denied").ToHashSet());
        Assert.Equal(mine.Members, Assert.Single(answer.List("heads")).Text("feed"));
        Assert.Equal(mine.Members, Assert.Single(answer.List("deltas")).Text("feed"));
    }

    [Fact]
    public async Task Sync_MembersOfAPublicChannel_IsOpenToAllAndItsMessagesAreNot()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var channel = await ann.CreateChannelAsync();

        var answer = await bob.SyncAsync(new { feed = channel.Members }, new { feed = channel.Messages });

        Assert.Equal([channel.Messages], answer.Texts("denied"));
        Assert.Equal(channel.Members, Assert.Single(answer.List("deltas")).Text("feed"));
    }

    [Theory]
    [InlineData("heads", false)]
    [InlineData("live", true)]
    public async Task Sync_HeadsOrPartial_AnswersTheHeadAlone(string mode, bool partial)
    {
        var ann = await Ann();
        var channel = await ann.CreateChannelAsync();
        await ann.PostAsync(channel, "one");

        var answer = await ann.SyncAsync(new { feed = channel.Messages, mode, partial }, new { feed = channel.Members, mode, partial });

        Assert.Empty(answer.List("deltas"));
        var head = answer.List("heads").Single(one => one.Text("feed") == channel.Messages);
        Assert.Equal(1, head.Number("revision"));
        if (mode == "heads")
            Assert.Equal(1, head.Number("lastSeq"));
    }

    [Theory]
    [InlineData("""{"positions":null}""")]
    [InlineData("""{}""")]
    [InlineData("""{"positions":"users"}""")]
    public async Task Sync_MalformedRequest_IsRefused(string body) =>
        (await Chat.SendRawAsync(HttpMethod.Post, "/api/v1/sync", body, (await Ann()).AccessToken)).Expect(HttpStatusCode.BadRequest).ExpectProblem();

    [Theory]
    [InlineData("null", "malformed")]
    [InlineData("{}", "malformed")]
    [InlineData("""{"feed":"users","epoch":1,"revision":-1}""", "malformed")]
    [InlineData("""{"feed":"users","mode":"telepathy"}""", "malformed")]
    [InlineData("""{"feed":""}""", "unknown_feed")]
    [InlineData("""{"feed":"users/x/channels"}""", "unknown_feed")]
    [InlineData("""{"feed":"channels/AAAAAAAA-0000-7000-8000-000000000000/messages"}""", "unknown_feed")]
    public async Task Sync_MalformedPosition_FailsAlone(string position, string code)
    {
        var reply = await Chat.SendRawAsync(HttpMethod.Post, "/api/v1/sync", $$"""{"positions":[{{position}}]}""", (await Ann()).AccessToken);

        Assert.Equal(code, reply.Expect(HttpStatusCode.OK).Body.Text("failed.0.code"));
    }

    [Fact]
    public async Task Sync_OfMoreThanFiveHundredFeeds_IsRefused()
    {
        var positions = Enumerable.Range(0, 501).Select(_ => new { feed = $"channels/{Guid.CreateVersion7()}/messages" });

        (await (await Ann()).SendAsync(HttpMethod.Post, "/api/v1/sync", new { positions })).ExpectProblem(HttpStatusCode.BadRequest, "too_many_feeds");
    }
}
