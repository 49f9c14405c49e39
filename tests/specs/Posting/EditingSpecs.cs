namespace ChatGenius.Specs.Posting;

public abstract class EditingSpecs(DeploymentFixture fixture) : Spec(fixture)
{
    [Fact]
    public async Task Edit_OwnMessage_KeepsItsPlaceAndTakesANewRevision()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var channel = await ann.CreateChannelAsync("public", bob);
        var message = await ann.PostAsync(channel, "befor");

        var edited = (await ann.SendAsync(HttpMethod.Patch, channel.Message(message), new { text = "before" })).Expect(HttpStatusCode.OK).Body;

        Assert.Equal(("before", message.Number("seq"), message.Text("createdAt")), (edited.Text("text"), edited.Number("seq"), edited.Text("createdAt")));
        Assert.True(edited.Number("revision") > message.Number("revision"));
        Assert.False(edited.IsNull("editedAt"));
        Assert.Equal(edited.GetRawText(), (await bob.PageAsync(channel)).At("items.0").GetRawText());
    }

    [Fact]
    public async Task Edit_OthersMessage_IsForbiddenEvenToTheOwner()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var channel = await ann.CreateChannelAsync("public", bob);
        var message = await bob.PostAsync(channel, "mine");

        (await ann.SendAsync(HttpMethod.Patch, channel.Message(message), new { text = "yours" })).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Delete_LeavesATombstoneWithoutContent()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var channel = await ann.CreateChannelAsync("public", bob);
        var message = await ann.PostAsync(channel, "regretted", mentions: [bob.Id]);
        await bob.SendAsync(HttpMethod.Put, $"{channel.Message(message)}/reactions/👍");

        var deleted = (await ann.SendAsync(HttpMethod.Delete, channel.Message(message))).Expect(HttpStatusCode.OK).Body;

        Assert.True(deleted.Flag("deleted"));
        Assert.True(deleted.IsNull("text"));
        Assert.Empty(deleted.List("mentions"));
        Assert.Empty(deleted.List("reactions"));
        Assert.Equal((message.Text("id"), message.Number("seq")), (deleted.Text("id"), deleted.Number("seq")));
        Assert.True(deleted.Number("revision") > message.Number("revision"));
        Assert.Equal(deleted.GetRawText(), (await bob.PageAsync(channel)).At("items.0").GetRawText());
        Assert.DoesNotContain("regretted", (await bob.GetAsync(channel.Message(message))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleted_MessageTakesNoMoreChanges()
    {
        var ann = await Ann();
        var channel = await ann.CreateChannelAsync();
        var message = await ann.PostAsync(channel, "gone");
        (await ann.SendAsync(HttpMethod.Delete, channel.Message(message))).Expect(HttpStatusCode.OK);

        (await ann.SendAsync(HttpMethod.Patch, channel.Message(message), new { text = "back" })).ExpectProblem(HttpStatusCode.Conflict, "message_deleted");
        (await ann.SendAsync(HttpMethod.Put, $"{channel.Message(message)}/reactions/👍")).ExpectProblem(HttpStatusCode.Conflict, "message_deleted");
        (await ann.SendAsync(HttpMethod.Put, $"{channel.Message(message)}/pin")).ExpectProblem(HttpStatusCode.Conflict, "message_deleted");
        // Deleting what is deleted is what was wanted.
        (await ann.SendAsync(HttpMethod.Delete, channel.Message(message))).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Delete_OthersMessage_TakesAModerator()
    {
        var (ann, bob, cid) = (await Ann(), await Bob(), await Cid());
        var channel = await ann.CreateChannelAsync("public", bob, cid);
        var message = await bob.PostAsync(channel, "rude");

        (await cid.SendAsync(HttpMethod.Delete, channel.Message(message))).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await ann.PutMemberAsync(channel, cid, "moderator")).Expect(HttpStatusCode.OK);
        await Eventually.Get(() => cid.SendAsync(HttpMethod.Delete, channel.Message(message)), reply => reply.Status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Edit_ByOneNoLongerAMember_IsRefused()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var channel = await ann.CreateChannelAsync("private", bob);
        var message = await bob.PostAsync(channel, "mine");
        var members = (await ann.RemoveAsync(channel, bob)).Expect(HttpStatusCode.OK).Body.At("members");

        (await bob.SendAsync(HttpMethod.Patch, channel.Message(message), new { text = "still mine", members })).ExpectProblem(HttpStatusCode.NotFound, "not_found");
    }
}
