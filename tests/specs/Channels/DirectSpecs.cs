namespace ChatGenius.Specs.Channels;

public abstract class DirectSpecs(DeploymentFixture fixture) : Spec(fixture)
{
    [Fact]
    public async Task Direct_SamePeople_IsTheSameChannelWhoeverAsks()
    {
        var (dora, emil) = (await Newcomer("dora"), await Newcomer("emil"));

        var first = (await OpenAsync(dora, emil)).Expect(HttpStatusCode.Created).Body;
        var again = (await OpenAsync(dora, emil)).Expect(HttpStatusCode.OK).Body;
        var back = (await OpenAsync(emil, dora)).Expect(HttpStatusCode.OK).Body;

        Assert.Equal("direct", first.Text("channel.kind"));
        Assert.Equal(2, first.Number("channel.memberCount"));
        Assert.Equal(first.Text("channel.id"), again.Text("channel.id"));
        Assert.Equal(first.Text("channel.id"), back.Text("channel.id"));
        Assert.True(back.Number("members.revision") > 0);
    }

    [Fact]
    public async Task Direct_AskedForByBothAtOnce_IsOneChannel()
    {
        var (dora, emil) = (await Newcomer("dora"), await Newcomer("emil"));

        var replies = await Task.WhenAll(OpenAsync(dora, emil), OpenAsync(emil, dora), OpenAsync(dora, emil), OpenAsync(emil, dora));

        Assert.Single(replies.Select(reply => reply.Body.Text("channel.id")).Distinct());
        Assert.All(replies, reply => Assert.True(reply.Status is HttpStatusCode.Created or HttpStatusCode.OK));
    }

    [Fact]
    public async Task Direct_OfThree_IsAnotherThanOfTwo()
    {
        var (dora, emil, fay) = (await Newcomer("dora"), await Newcomer("emil"), await Newcomer("fay"));

        var two = (await OpenAsync(dora, emil)).Expect(HttpStatusCode.Created).Body;
        var three = (await OpenAsync(dora, emil, fay)).Expect(HttpStatusCode.Created).Body;

        Assert.NotEqual(two.Text("channel.id"), three.Text("channel.id"));
        Assert.Equal(three.Text("channel.id"), (await OpenAsync(fay, dora, emil)).Expect(HttpStatusCode.OK).Body.Text("channel.id"));
    }

    [Fact]
    public async Task Direct_Left_IsHiddenAndStaysAConversation()
    {
        var (dora, emil) = (await Newcomer("dora"), await Newcomer("emil"));
        var channel = new Channel(Guid.Parse((await OpenAsync(dora, emil)).Expect(HttpStatusCode.Created).Body.Text("channel.id")!));
        await dora.PostAsync(channel, "hello");

        (await emil.RemoveAsync(channel, emil)).Expect(HttpStatusCode.OK);

        var mine = new FeedCopy($"users/{emil.Id}/channels");
        await mine.CatchUpAsync(emil);
        var item = mine.Items.Single(one => one.Text("channelId") == channel.Id.ToString());
        Assert.True(item.Flag("hidden"));
        Assert.False(item.Flag("left"));
        await emil.PostAsync(channel, "still here");
    }

    [Fact]
    public async Task Direct_TakesNobodyElseIn()
    {
        var (dora, emil, fay) = (await Newcomer("dora"), await Newcomer("emil"), await Newcomer("fay"));
        var channel = new Channel(Guid.Parse((await OpenAsync(dora, emil)).Expect(HttpStatusCode.Created).Body.Text("channel.id")!));

        (await dora.PutMemberAsync(channel, fay)).Expect(HttpStatusCode.Forbidden).ExpectProblem();
        (await fay.JoinAsync(channel)).ExpectProblem(HttpStatusCode.NotFound, "not_found");
        (await fay.GetAsync(channel.Path)).ExpectProblem(HttpStatusCode.NotFound, "not_found");
    }

    static Task<Reply> OpenAsync(Person person, params Person[] others) =>
        person.SendAsync(HttpMethod.Post, "/api/v1/channels", new { kind = "direct", memberIds = others.Select(other => other.Id) });
}
