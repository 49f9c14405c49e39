namespace ChatGenius.Specs.Channels;

public abstract class ChangingSpecs(DeploymentFixture fixture) : Spec(fixture)
{
    [Fact]
    public async Task Change_NameAndTopic_KeepsTheRest()
    {
        var ann = await Ann();
        var channel = await ann.CreateChannelAsync();
        var name = Chat.Unique("renamed");

        (await ChangeAsync(ann, channel, new { name })).Expect(HttpStatusCode.OK);
        var changed = (await ChangeAsync(ann, channel, new { topic = "new topic" })).Expect(HttpStatusCode.OK).Body.At("channel");

        Assert.Equal((name, "new topic", "public"), (changed.Text("name"), changed.Text("topic"), changed.Text("kind")));
        var seen = (await ann.GetAsync(channel.Path)).Body;
        Assert.Equal(changed.EnumerateObject().Select(p => (p.Name, p.Value.ToString())), seen.EnumerateObject().Where(p => p.Name != "feed").Select(p => (p.Name, p.Value.ToString())));
        Assert.Equal($"channels/{channel.Id}/members", seen.Text("feed.feed"));
    }

    [Fact]
    public async Task Change_ToATakenName_IsAConflict()
    {
        var ann = await Ann();
        var (one, two) = (await ann.CreateChannelAsync(), await ann.CreateChannelAsync());
        var taken = (await ann.GetAsync(one.Path)).Body.Text("name");

        (await ChangeAsync(ann, two, new { name = taken })).ExpectProblem(HttpStatusCode.Conflict, "name_taken");
    }

    [Fact]
    public async Task Archive_RefusesNewMessagesUntilItIsBroughtBack()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var channel = await ann.CreateChannelAsync("public", bob);
        await bob.PostAsync(channel, "before");

        Assert.True((await ChangeAsync(ann, channel, new { archived = true })).Expect(HttpStatusCode.OK).Body.Flag("channel.archived"));
        await Eventually.Get(
            () => bob.TryPostAsync(channel, Guid.CreateVersion7(), "too late"), reply => reply.Status == HttpStatusCode.Forbidden && reply.Body.Text("code") == "channel_archived");
        Assert.Equal("before", (await bob.PageAsync(channel)).Text("items.0.text"));

        Assert.False((await ChangeAsync(ann, channel, new { archived = false })).Expect(HttpStatusCode.OK).Body.Flag("channel.archived"));
        await Eventually.Get(() => bob.TryPostAsync(channel, Guid.CreateVersion7(), "again"), reply => reply.Status == HttpStatusCode.Created);
    }

    [Fact]
    public async Task Roles_DecideWhoMayRenameRemoveAndAppoint()
    {
        var (ann, bob, cid) = (await Ann(), await Bob(), await Cid());
        var channel = await ann.CreateChannelAsync("public", bob, cid);

        (await ChangeAsync(bob, channel, new { name = Chat.Unique("c") })).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await ChangeAsync(bob, channel, new { archived = true })).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await bob.RemoveAsync(channel, cid)).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await bob.PutMemberAsync(channel, bob, "owner")).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await bob.PutMemberAsync(channel, ann, "member")).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");

        (await ann.PutMemberAsync(channel, bob, "moderator")).Expect(HttpStatusCode.OK);

        (await bob.RemoveAsync(channel, cid)).Expect(HttpStatusCode.OK);
        (await bob.RemoveAsync(channel, ann)).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await bob.PutMemberAsync(channel, bob, "owner")).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Outsider_OfAPublicChannel_ChangesNothing()
    {
        var (ann, bob, cid) = (await Ann(), await Bob(), await Cid());
        var channel = await ann.CreateChannelAsync("public", bob);

        (await ChangeAsync(cid, channel, new { topic = "mine now" })).Expect(HttpStatusCode.Forbidden).ExpectProblem();
        (await cid.RemoveAsync(channel, bob)).Expect(HttpStatusCode.Forbidden).ExpectProblem();
        (await cid.PutMemberAsync(channel, bob, "moderator")).Expect(HttpStatusCode.Forbidden).ExpectProblem();
        (await cid.PutMemberAsync(channel, cid, "owner")).Expect(HttpStatusCode.Forbidden).ExpectProblem();
    }

    static Task<Reply> ChangeAsync(Person person, Channel channel, object body) => person.SendAsync(HttpMethod.Patch, channel.Path, body);
}
