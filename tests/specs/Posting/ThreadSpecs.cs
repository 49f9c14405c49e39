namespace ChatGenius.Specs.Posting;

public abstract class ThreadSpecs(DeploymentFixture fixture) : Spec(fixture)
{
    [Fact]
    public async Task Reply_CountsInItsThread()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var channel = await ann.CreateChannelAsync("public", bob);
        var root = await ann.PostAsync(channel, "a question");

        var reply = await bob.PostAsync(channel, "an answer", Guid.Parse(root.Text("id")!));
        var second = await bob.PostAsync(channel, "another", Guid.Parse(root.Text("id")!));

        Assert.Equal(root.Text("id"), reply.Text("threadId"));
        var now = (await ann.GetAsync(channel.Message(root))).Expect(HttpStatusCode.OK).Body.At("item");
        Assert.Equal((2L, second.Text("createdAt")), (now.Number("replyCount"), now.Text("lastReplyAt")));
        Assert.True(now.Number("revision") > root.Number("revision"));
        Assert.Equal([1L, 2L, 3L], (await ann.PageAsync(channel)).List("items").Select(message => message.Number("seq")));
    }

    [Fact]
    public async Task Reply_Deleted_NoLongerCounts()
    {
        var ann = await Ann();
        var channel = await ann.CreateChannelAsync();
        var root = await ann.PostAsync(channel, "a question");
        var reply = await ann.PostAsync(channel, "a slip", Guid.Parse(root.Text("id")!));

        (await ann.SendAsync(HttpMethod.Delete, channel.Message(reply))).Expect(HttpStatusCode.OK);

        Assert.Equal(0, (await ann.GetAsync(channel.Message(root))).Body.Number("item.replyCount"));
    }

    [Fact]
    public async Task Reply_ToNothingOrElsewhere_IsRefused()
    {
        var ann = await Ann();
        var (channel, other) = (await ann.CreateChannelAsync(), await ann.CreateChannelAsync());
        var elsewhere = await ann.PostAsync(other, "over there");

        (await ann.TryPostAsync(channel, Guid.CreateVersion7(), "what?", Guid.CreateVersion7())).ExpectProblem();
        (await ann.TryPostAsync(channel, Guid.CreateVersion7(), "what?", Guid.Parse(elsewhere.Text("id")!))).ExpectProblem();
        Assert.Empty((await ann.PageAsync(channel)).List("items"));
    }

    [Fact]
    public async Task Thread_AsAPage_IsItsRootAndReplies()
    {
        var ann = await Ann();
        var channel = await ann.CreateChannelAsync();
        var root = await ann.PostAsync(channel, "root");
        await ann.PostAsync(channel, "beside");
        await ann.PostAsync(channel, "in it", Guid.Parse(root.Text("id")!));

        var texts = (await ann.PageAsync(channel, $"?thread={root.Text("id")}")).List("items").Select(message => message.Text("text")).ToArray();

        Assert.Contains("in it", texts);
        Assert.DoesNotContain("beside", texts);
    }
}
