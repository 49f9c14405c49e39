namespace ChatGenius.Specs.Channels;

public abstract class MembershipSpecs(DeploymentFixture fixture) : Spec(fixture)
{
    [Fact]
    public async Task Join_PublicChannel_MakesAMemberOnce()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var channel = await ann.CreateChannelAsync();

        var joined = (await bob.JoinAsync(channel)).Expect(HttpStatusCode.OK).Body;
        var again = (await bob.JoinAsync(channel)).Expect(HttpStatusCode.OK).Body;

        Assert.Equal((bob.Id.ToString(), "member", false), (joined.Text("membership.userId"), joined.Text("membership.role"), joined.Flag("membership.left")));
        Assert.Equal(joined.Number("members.revision"), again.Number("members.revision"));
        Assert.Equal(2, (await ann.GetAsync(channel.Path)).Body.Number("memberCount"));
        await bob.PostAsync(channel, "here I am");
    }

    [Fact]
    public async Task Join_ByTheNameMe_IsTheCaller()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var channel = await ann.CreateChannelAsync();

        var joined = (await bob.SendAsync(HttpMethod.Put, $"{channel.Path}/members/me", new { })).Expect(HttpStatusCode.OK).Body;

        Assert.Equal(bob.Id.ToString(), joined.Text("membership.userId"));
    }

    [Fact]
    public async Task Join_PrivateChannel_IsNotEvenKnown()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var channel = await ann.CreateChannelAsync("private");

        (await bob.JoinAsync(channel)).ExpectProblem(HttpStatusCode.NotFound, "not_found");
        (await bob.GetAsync(channel.Path)).ExpectProblem(HttpStatusCode.NotFound, "not_found");
        (await bob.GetAsync(channel.Path + "/members")).ExpectProblem(HttpStatusCode.NotFound, "not_found");
        (await bob.GetAsync(channel.Path + "/messages")).ExpectProblem(HttpStatusCode.NotFound, "not_found");
        (await bob.TryPostAsync(channel, Guid.CreateVersion7(), "hello?")).ExpectProblem(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task PublicChannel_NotJoined_MayBeSeenAndNotRead()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var channel = await ann.CreateChannelAsync();

        (await bob.GetAsync(channel.Path)).Expect(HttpStatusCode.OK);
        (await bob.GetAsync(channel.Path + "/members")).Expect(HttpStatusCode.OK);
        (await bob.GetAsync(channel.Path + "/messages")).ExpectProblem(HttpStatusCode.Forbidden, "not_a_member");
        (await bob.TryPostAsync(channel, Guid.CreateVersion7(), "hello?")).ExpectProblem(HttpStatusCode.Forbidden, "not_a_member");
    }

    [Fact]
    public async Task Invite_IntoAPrivateChannel_OpensItWithAllItsHistory()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var channel = await ann.CreateChannelAsync("private");
        await ann.PostAsync(channel, "before you came");

        var invited = (await ann.PutMemberAsync(channel, bob)).Expect(HttpStatusCode.OK).Body;

        Assert.Equal("member", invited.Text("membership.role"));
        Assert.Equal("before you came", (await bob.PageAsync(channel)).Text("items.0.text"));
    }

    [Fact]
    public async Task Remove_AMember_EndsReadingAndWriting()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var channel = await ann.CreateChannelAsync("private", bob);
        await bob.PostAsync(channel, "while I may");

        var removed = (await ann.RemoveAsync(channel, bob)).Expect(HttpStatusCode.OK).Body;

        Assert.True(removed.Flag("membership.left"));
        // The caller of a later command brings the position of the removal along; everyone else learns of it within a tick.
        (await ann.TryPostAsync(channel, Guid.CreateVersion7(), "gone", members: removed.At("members"))).Expect(HttpStatusCode.Created);
        (await bob.TryPostAsync(channel, Guid.CreateVersion7(), "and now?")).ExpectProblem(HttpStatusCode.NotFound, "not_found");
        (await bob.GetAsync(channel.Path + "/messages")).ExpectProblem(HttpStatusCode.NotFound, "not_found");
        (await bob.GetAsync(channel.Path)).ExpectProblem(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Leave_AndComeBack_FindsEverything()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var channel = await ann.CreateChannelAsync("public", bob);
        await ann.PostAsync(channel, "one");
        (await bob.RemoveAsync(channel, bob)).Expect(HttpStatusCode.OK);
        await ann.PostAsync(channel, "two");

        (await bob.JoinAsync(channel)).Expect(HttpStatusCode.OK);

        Assert.Equal(["one", "two"], (await bob.PageAsync(channel)).List("items").Select(message => message.Text("text")));
    }

    [Fact]
    public async Task LastOwner_CannotLeaveOrStepDown_UntilAnotherIsMade()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var channel = await ann.CreateChannelAsync("public", bob);

        (await ann.RemoveAsync(channel, ann)).ExpectProblem(HttpStatusCode.Conflict, "last_owner");
        (await ann.PutMemberAsync(channel, ann, "member")).ExpectProblem(HttpStatusCode.Conflict, "last_owner");

        (await ann.PutMemberAsync(channel, bob, "owner")).Expect(HttpStatusCode.OK);
        (await ann.RemoveAsync(channel, ann)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task LastOwners_BothLeavingAtOnce_LeaveOneBehind()
    {
        var (ann, bob, cid) = (await Ann(), await Bob(), await Cid());
        var channel = await ann.CreateChannelAsync("public", bob, cid);
        (await ann.PutMemberAsync(channel, bob, "owner")).Expect(HttpStatusCode.OK);

        var replies = await Task.WhenAll(ann.RemoveAsync(channel, ann), bob.RemoveAsync(channel, bob));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], replies.Select(reply => reply.Status).Order());
    }

    [Fact]
    public async Task MembersFeed_HoldsTheChannelAndEveryMembershipEverHeld()
    {
        var (ann, bob, cid) = (await Ann(), await Bob(), await Cid());
        var channel = await ann.CreateChannelAsync("private", bob);
        (await ann.PutMemberAsync(channel, cid, "moderator")).Expect(HttpStatusCode.OK);
        (await ann.RemoveAsync(channel, bob)).Expect(HttpStatusCode.OK);
        var copy = new FeedCopy(channel.Members);

        await copy.CatchUpAsync(ann);

        Assert.Equal(2, copy.Items.Single(item => item.Text("type") == "channel").Number("memberCount"));
        var members = copy.Items.Where(item => item.Text("type") == "member").ToDictionary(item => item.Text("userId")!, item => (item.Text("role"), item.Flag("left")));
        Assert.Equal(("owner", false), members[ann.Id.ToString()]);
        Assert.Equal(("moderator", false), members[cid.Id.ToString()]);
        Assert.True(members[bob.Id.ToString()].Item2);
    }
}
