namespace ChatGenius.Specs.Reading;

public abstract class ReadingSpecs(DeploymentFixture fixture) : Spec(fixture)
{
    [Fact]
    public async Task Unread_CountsOthersMessagesUntilTheyAreRead()
    {
        var (dora, ann) = (await Newcomer("dora"), await Ann());
        var channel = await ann.CreateChannelAsync("private", dora);
        for (var i = 1; i <= 3; i++)
            await ann.PostAsync(channel, $"message {i}");

        Assert.Equal((3L, 3L, 0L), await LineAsync(dora, channel, line => line.Number("lastSeq") == 3));
        (await ReadAsync(dora, channel, new { seq = 2 })).Expect(HttpStatusCode.OK);
        Assert.Equal((3L, 1L, 2L), await LineAsync(dora, channel));
    }

    [Fact]
    public async Task Read_MovesForwardOnly_UnlessForced_AndNeverPastTheEnd()
    {
        var (dora, ann) = (await Newcomer("dora"), await Ann());
        var channel = await ann.CreateChannelAsync("private", dora);
        for (var i = 1; i <= 5; i++)
            await ann.PostAsync(channel, $"message {i}");

        Assert.Equal(4, (await ReadAsync(dora, channel, new { seq = 4 })).Expect(HttpStatusCode.OK).Body.Number("seq"));
        Assert.Equal(4, (await ReadAsync(dora, channel, new { seq = 2 })).Expect(HttpStatusCode.OK).Body.Number("seq"));
        Assert.Equal(1, (await ReadAsync(dora, channel, new { seq = 1, force = true })).Expect(HttpStatusCode.OK).Body.Number("seq"));
        var past = await ReadAsync(dora, channel, new { seq = 99 });
        if (past.Status == HttpStatusCode.OK)
            Assert.Equal(5, past.Body.Number("seq"));
        else
            past.ExpectProblem();
    }

    [Fact]
    public async Task Posting_MovesOnesOwnReadPosition()
    {
        var (dora, ann) = (await Newcomer("dora"), await Ann());
        var channel = await ann.CreateChannelAsync("private", dora);
        await ann.PostAsync(channel, "hello");

        await dora.PostAsync(channel, "hello too");

        Assert.Equal((2L, 0L, 2L), await LineAsync(dora, channel));
    }

    [Fact]
    public async Task Mention_IsCountedInTheReadsFeedUntilItIsRead()
    {
        var (dora, ann) = (await Newcomer("dora"), await Ann());
        var channel = await ann.CreateChannelAsync("private", dora);
        await ann.PostAsync(channel, "hello");
        await ann.PostAsync(channel, "you there", mentions: [dora.Id]);
        await ann.PostAsync(channel, "and again", mentions: [dora.Id]);
        var reads = new FeedCopy($"users/{dora.Id}/reads");

        await reads.CatchUpAsync(dora);
        Assert.Equal(2, reads.Items.Single().Number("mentions"));
        Assert.Equal(2, (await SideBarAsync(dora, channel)).Number("mentions"));

        (await ReadAsync(dora, channel, new { seq = 2 })).Expect(HttpStatusCode.OK);
        await reads.CatchUpAsync(dora);
        Assert.Equal((channel.Id.ToString(), 2L, 1L), (reads.Items.Single().Text("channelId"), reads.Items.Single().Number("seq"), reads.Items.Single().Number("mentions")));
    }

    [Fact]
    public async Task SideBar_HoldsEveryChannelWithWhatAClientDraws()
    {
        var (dora, ann) = (await Newcomer("dora"), await Ann());
        var mine = await dora.CreateChannelAsync("public");
        var theirs = await ann.CreateChannelAsync("private", dora);
        await ann.PostAsync(theirs, "hello");

        var bar = await Eventually.Get(
            async () => (await dora.GetAsync("/api/v1/users/me/channels")).Expect(HttpStatusCode.OK).Body, bar => bar.List("items").Length == 2);

        var line = bar.List("items").Single(item => item.Text("channel.id") == theirs.Id.ToString());
        Assert.Equal(("private", "member", 1L, 1L, 0L), (line.Text("channel.kind"), line.Text("membership.role"), line.Number("lastSeq"), line.Number("unread"), line.Number("readSeq")));
        Assert.Equal(theirs.Messages, line.Text("head.feed"));
        Assert.Contains(mine.Id.ToString(), bar.List("items").Select(item => item.Text("channel.id")));
        Assert.Equal($"users/{dora.Id}/channels", bar.Text("feed.feed"));
        Assert.True(bar.Number("feed.revision") > 0);
    }

    [Fact]
    public async Task SideBar_InPages_HoldsEveryChannelOnce()
    {
        var dora = await Newcomer("dora");
        var channels = new List<string>();
        for (var i = 0; i < 5; i++)
            channels.Add((await dora.CreateChannelAsync()).Id.ToString());
        await Eventually.Get(async () => (await dora.GetAsync("/api/v1/users/me/channels")).Body, bar => bar.List("items").Length == 5);

        var seen = new List<string?>();
        for (string? path = "/api/v1/users/me/channels?limit=2"; path is not null;)
        {
            var page = (await dora.GetAsync(path)).Expect(HttpStatusCode.OK).Body;
            seen.AddRange(page.List("items").Select(item => item.Text("channel.id")));
            path = page.IsNull("next") ? null : $"/api/v1/users/me/channels?limit=2&cursor={Uri.EscapeDataString(page.Text("next")!)}";
        }

        Assert.Equal(channels.Order(), seen.Order());
    }

    [Fact]
    public async Task SideBar_AfterLeaving_HoldsTheChannelNoMore()
    {
        var (dora, ann) = (await Newcomer("dora"), await Ann());
        var channel = await ann.CreateChannelAsync("public", dora);
        await SideBarAsync(dora, channel);

        (await dora.RemoveAsync(channel, dora)).Expect(HttpStatusCode.OK);

        await Eventually.Get(async () => (await dora.GetAsync("/api/v1/users/me/channels")).Expect(HttpStatusCode.OK).Body, bar => bar.List("items").Length == 0);
    }

    static Task<Reply> ReadAsync(Person person, Channel channel, object body) => person.SendAsync(HttpMethod.Put, channel.Path + "/read", body);

    static async Task<(long LastSeq, long Unread, long ReadSeq)> LineAsync(Person person, Channel channel, Func<JsonElement, bool>? condition = null)
    {
        var line = await SideBarAsync(person, channel, condition);
        return (line.Number("lastSeq"), line.Number("unread"), line.Number("readSeq"));
    }

    static async Task<JsonElement> SideBarAsync(Person person, Channel channel, Func<JsonElement, bool>? condition = null)
    {
        var bar = await Eventually.Get(
            async () => (await person.GetAsync("/api/v1/users/me/channels?limit=200")).Expect(HttpStatusCode.OK).Body,
            bar => bar.List("items").Any(item => item.Text("channel.id") == channel.Id.ToString() && condition?.Invoke(item) != false));
        return bar.List("items").Single(item => item.Text("channel.id") == channel.Id.ToString());
    }
}
