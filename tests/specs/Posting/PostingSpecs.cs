namespace ChatGenius.Specs.Posting;

public abstract class PostingSpecs(DeploymentFixture fixture) : Spec(fixture)
{
    [Fact]
    public async Task Post_NewMessage_IsStoredWhole()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var channel = await ann.CreateChannelAsync("public", bob);
        var clientId = Guid.CreateVersion7();

        var message = (await ann.TryPostAsync(channel, clientId, "Héllo 👩‍👩‍👧 — “world”\n\twith <b>tags</b>", mentions: [bob.Id])).Expect(HttpStatusCode.Created).Body;

        Assert.Equal("Héllo 👩‍👩‍👧 — “world”\n\twith <b>tags</b>", message.Text("text"));
        Assert.Equal((channel.Id.ToString(), ann.Id.ToString(), clientId.ToString()), (message.Text("channelId"), message.Text("authorId"), message.Text("clientId")));
        Assert.Equal((1L, false, false, 0L), (message.Number("seq"), message.Flag("deleted"), message.Flag("pinned"), message.Number("replyCount")));
        Assert.Equal([bob.Id.ToString()], message.Texts("mentions"));
        Assert.Empty(message.List("attachments"));
        Assert.Empty(message.List("reactions"));
        Assert.True(message.IsNull("threadId") && message.IsNull("editedAt") && message.IsNull("lastReplyAt"));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", message.Text("createdAt"));
        Assert.Equal(7, Guid.Parse(message.Text("id")!).Version);
        var read = (await bob.GetAsync(channel.Message(message))).Expect(HttpStatusCode.OK).Body;
        Assert.Equal(message.GetRawText(), read.At("item").GetRawText());
        Assert.Equal((channel.Messages, message.Number("revision")), (read.Text("feed.feed"), read.Number("feed.revision")));
        Assert.True(read.Number("fence.epoch") > 0);
    }

    [Fact]
    public async Task Post_Replayed_AnswersTheSameMessage()
    {
        var ann = await Ann();
        var channel = await ann.CreateChannelAsync();
        var clientId = Guid.CreateVersion7();
        var first = (await ann.TryPostAsync(channel, clientId, "once")).Expect(HttpStatusCode.Created).Body;

        var again = (await ann.TryPostAsync(channel, clientId, "once")).Expect(HttpStatusCode.OK).Body;

        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Single((await ann.PageAsync(channel)).List("items"));
    }

    [Fact]
    public async Task Post_ReplayedAtOnce_IsStoredOnce()
    {
        var ann = await Ann();
        var channel = await ann.CreateChannelAsync();
        var clientId = Guid.CreateVersion7();

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ann.TryPostAsync(channel, clientId, "once")));

        Assert.Single(replies, reply => reply.Status == HttpStatusCode.Created);
        Assert.Equal(7, replies.Count(reply => reply.Status == HttpStatusCode.OK));
        Assert.Single(replies.Select(reply => reply.Body.Text("id")).Distinct());
    }

    [Fact]
    public async Task Post_ReplayedAfterAnEdit_AnswersTheMessageAsItIsNow()
    {
        var ann = await Ann();
        var channel = await ann.CreateChannelAsync();
        var clientId = Guid.CreateVersion7();
        var message = (await ann.TryPostAsync(channel, clientId, "as posted")).Expect(HttpStatusCode.Created).Body;
        (await ann.SendAsync(HttpMethod.Patch, channel.Message(message), new { text = "as edited" })).Expect(HttpStatusCode.OK);

        var again = (await ann.TryPostAsync(channel, clientId, "as posted")).Expect(HttpStatusCode.OK).Body;

        Assert.Equal((message.Text("id"), "as edited"), (again.Text("id"), again.Text("text")));
    }

    [Fact]
    public async Task Post_ReplayedAfterRemoval_AnswersWhatWasAccepted()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var channel = await ann.CreateChannelAsync("private", bob);
        var clientId = Guid.CreateVersion7();
        var message = (await bob.TryPostAsync(channel, clientId, "last words")).Expect(HttpStatusCode.Created).Body;
        (await ann.RemoveAsync(channel, bob)).Expect(HttpStatusCode.OK);

        var again = (await bob.TryPostAsync(channel, clientId, "last words")).Expect(HttpStatusCode.OK).Body;

        Assert.Equal(message.Text("id"), again.Text("id"));
    }

    [Fact]
    public async Task Post_SameClientIdWithAnotherBody_IsAConflict()
    {
        var ann = await Ann();
        var (channel, other) = (await ann.CreateChannelAsync(), await ann.CreateChannelAsync());
        var clientId = Guid.CreateVersion7();
        (await ann.TryPostAsync(channel, clientId, "one")).Expect(HttpStatusCode.Created);

        (await ann.TryPostAsync(channel, clientId, "two")).ExpectProblem(HttpStatusCode.Conflict, "client_id_conflict");
        (await ann.TryPostAsync(channel, clientId, "one", mentions: [ann.Id])).ExpectProblem(HttpStatusCode.Conflict, "client_id_conflict");
        (await ann.TryPostAsync(other, clientId, "one")).ExpectProblem(HttpStatusCode.Conflict, "client_id_conflict");
    }

    [Fact]
    public async Task Post_SameClientIdOfAnotherAuthor_IsAnotherMessage()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var channel = await ann.CreateChannelAsync("public", bob);
        var clientId = Guid.CreateVersion7();

        var mine = (await ann.TryPostAsync(channel, clientId, "one")).Expect(HttpStatusCode.Created).Body;
        var theirs = (await bob.TryPostAsync(channel, clientId, "two")).Expect(HttpStatusCode.Created).Body;

        Assert.NotEqual(mine.Text("id"), theirs.Text("id"));
    }

    [Fact]
    public async Task Post_ByManyAtOnce_TakesContiguousSeqsAndRevisions()
    {
        var people = new[] { await Ann(), await Bob(), await Cid() };
        var channel = await people[0].CreateChannelAsync("public", people[1], people[2]);
        const int each = 20;

        var posted = await Task.WhenAll(people.SelectMany(person => Enumerable.Range(0, each).Select(i => person.PostAsync(channel, $"{person.Username} {i}"))));

        Assert.Equal(Enumerable.Range(1, 3 * each).Select(n => (long)n), posted.Select(message => message.Number("seq")).Order());
        var page = (await people[0].PageAsync(channel, "?limit=200")).List("items");
        Assert.Equal(Enumerable.Range(1, 3 * each).Select(n => (long)n), page.Select(message => message.Number("seq")));
        Assert.Equal(page.Select(message => message.Number("revision")), page.Select(message => message.Number("revision")).Order().Distinct());
        Assert.Equal(posted.Select(message => message.GetRawText()).Order(), page.Select(message => message.GetRawText()).Order());
    }

    [Fact]
    public async Task Post_LongestText_IsKeptWholeAndOneMoreIsRefused()
    {
        var ann = await Ann();
        var channel = await ann.CreateChannelAsync();
        // Each is one code point and two UTF-16 units.
        var longest = string.Concat(Enumerable.Repeat("🌻", 16_000));

        Assert.Equal(longest, (await ann.PostAsync(channel, longest)).Text("text"));
        var problem = (await ann.TryPostAsync(channel, Guid.CreateVersion7(), longest + "x")).ExpectProblem(HttpStatusCode.BadRequest, "invalid").Body;
        Assert.NotEmpty(problem.Texts("errors.text"));
        Assert.Single((await ann.PageAsync(channel)).List("items"));
    }

    [Fact]
    public async Task Post_WithNewerMembersThanTheServiceKnows_WaitsForThem()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var channel = await ann.CreateChannelAsync("private");
        for (var round = 0; round < 5; round++)
        {
            var invited = (await ann.PutMemberAsync(channel, bob)).Expect(HttpStatusCode.OK).Body.At("members");
            (await bob.TryPostAsync(channel, Guid.CreateVersion7(), "invited a moment ago", members: invited)).Expect(HttpStatusCode.Created);

            var removed = (await ann.RemoveAsync(channel, bob)).Expect(HttpStatusCode.OK).Body.At("members");
            (await bob.TryPostAsync(channel, Guid.CreateVersion7(), "removed a moment ago", members: removed)).ExpectProblem(HttpStatusCode.NotFound, "not_found");
        }
    }

    [Fact]
    public async Task Post_WithMembersFromTheFuture_IsRefusedAndTellsStrangersNothing()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var secret = await ann.CreateChannelAsync("private");
        var members = new { epoch = 1, revision = 1_000_000 };

        (await ann.TryPostAsync(secret, Guid.CreateVersion7(), "too early", members: members)).ExpectProblem(HttpStatusCode.Conflict, "position_ahead");
        (await bob.TryPostAsync(secret, Guid.CreateVersion7(), "knock knock", members: members)).ExpectProblem(HttpStatusCode.NotFound, "not_found");
        (await bob.TryPostAsync(new Channel(Guid.CreateVersion7()), Guid.CreateVersion7(), "knock knock", members: members)).ExpectProblem(HttpStatusCode.NotFound, "not_found");
        Assert.Empty((await ann.PageAsync(secret)).List("items"));
    }
}
