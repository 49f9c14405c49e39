namespace ChatGenius.ChannelsTests;

public abstract class ChangingTests(ChannelsService service)
{
    [Fact]
    public async Task Change_NameAndTopic_IsOneChangeAndNoneWhenRepeated()
    {
        var ann = service.NewPerson();
        var channel = await ann.NewChannelAsync();
        var body = new { name = Person.NewName(), topic = "Now with a topic" };

        var changed = (await ann.ChangeAsync(channel.Id, body)).Is(HttpStatusCode.OK).As<ChangedChannel>();
        var again = (await ann.ChangeAsync(channel.Id, body)).Is(HttpStatusCode.OK).As<ChangedChannel>();

        Assert.Equal((body.name, body.topic, 3), (changed.Channel.Name, changed.Channel.Topic, changed.Channel.Revision));
        Assert.Equal(changed, again);
        Assert.Equal(3, changed.Members.Revision);
    }

    [Fact]
    public async Task Change_NameOfAnother_IsTakenUntilThatOneIsRenamed()
    {
        var ann = service.NewPerson();
        var (first, second) = (await ann.NewChannelAsync(ChannelKind.Private), await ann.NewChannelAsync());

        (await ann.ChangeAsync(second.Id, new { name = first.Name.ToUpperInvariant() })).Is(HttpStatusCode.Conflict, "name_taken");
        Assert.Equal(second, (await ann.SeeAsync(second.Id)) with { Feed = null });
        (await ann.ChangeAsync(second.Id, new { name = second.Name.ToUpperInvariant() })).Is(HttpStatusCode.OK);
        (await ann.ChangeAsync(first.Id, new { name = Person.NewName() })).Is(HttpStatusCode.OK);
        (await ann.ChangeAsync(second.Id, new { name = first.Name })).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Archived_Channel_TakesNobodyInAndKeepsItsName()
    {
        var (ann, bob, eve) = (service.NewPerson(), service.NewPerson(), service.NewPerson());
        var channel = await ann.NewChannelAsync(ChannelKind.Public, bob);
        Assert.True((await ann.ChangeAsync(channel.Id, new { archived = true })).Is(HttpStatusCode.OK).As<ChangedChannel>().Channel.Archived);

        (await eve.PutAsync(channel.Id, eve)).Is(HttpStatusCode.Forbidden, "channel_archived");
        (await bob.PutAsync(channel.Id, eve)).Is(HttpStatusCode.Forbidden, "channel_archived");
        (await ann.ChangeAsync(channel.Id, new { topic = "new" })).Is(HttpStatusCode.Forbidden, "channel_archived");
        (await eve.CreateAsync(new { kind = "public", name = channel.Name })).Is(HttpStatusCode.Conflict, "name_taken");
        (await bob.DeleteAsync(channel.Id, bob)).Is(HttpStatusCode.OK);
        (await ann.ChangeAsync(channel.Id, new { archived = false, topic = "new" })).Is(HttpStatusCode.OK);
        (await eve.PutAsync(channel.Id, eve)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Direct_Channel_HasNoNameNoRolesAndNoNewMembersAndLeavingHidesIt()
    {
        var (ann, bob, eve) = (service.NewPerson(), service.NewPerson(), service.NewPerson());
        var direct = (await ann.CreateAsync(new { kind = "direct", memberIds = new[] { bob.Id } })).As<CreatedChannel>();
        var id = direct.Channel.Id;

        foreach (var body in new object[] { new { name = "x" }, new { topic = "x" }, new { archived = true } })
            (await ann.ChangeAsync(id, body)).Is(HttpStatusCode.Forbidden, "forbidden");
        (await ann.PutAsync(id, eve)).Is(HttpStatusCode.Forbidden, "forbidden");
        (await ann.PutAsync(id, bob, MemberRole.Owner)).Is(HttpStatusCode.Forbidden, "forbidden");
        (await ann.DeleteAsync(id, bob)).Is(HttpStatusCode.Forbidden, "forbidden");
        (await eve.GetAsync($"channels/{id}")).Is(HttpStatusCode.NotFound, "not_found");

        var left = (await ann.DeleteAsync(id, ann)).Is(HttpStatusCode.OK).As<ChangedMembership>();
        Assert.False(left.Membership.Left);
        Assert.True((await MineAsync(ann, id)).Hidden);
        Assert.False((await MineAsync(bob, id)).Hidden);
        Assert.Equal(direct, (await ann.CreateAsync(new { kind = "direct", memberIds = new[] { bob.Id } })).Is(HttpStatusCode.OK).As<CreatedChannel>());
        Assert.False((await MineAsync(ann, id)).Hidden);
    }

    [Fact]
    public async Task Settings_OfOneself_ChangeOneFeedOnly()
    {
        var (ann, bob) = (service.NewPerson(), service.NewPerson());
        var channel = await ann.NewChannelAsync(ChannelKind.Public, bob);
        var before = (await service.PullAsync(FeedName.Members(channel.Id))).Heads;

        var mine = (await bob.KeepAsync(channel.Id, new { starred = true, notify = "mentions" })).Is(HttpStatusCode.OK).As<MyChannel>();
        var again = (await bob.KeepAsync(channel.Id, new { starred = true })).Is(HttpStatusCode.OK).As<MyChannel>();

        Assert.Equal((true, false, false, "mentions", 2L), (mine.Starred, mine.Muted, mine.Hidden, mine.Notify, mine.Revision));
        Assert.Equal(mine, again);
        Assert.Equal(mine, await MineAsync(bob, channel.Id));
        Assert.Equal(before, (await service.PullAsync(FeedName.Members(channel.Id))).Heads);
        (await bob.KeepAsync(channel.Id, new { notify = "loud" })).Is(HttpStatusCode.BadRequest, "invalid");
        (await service.NewPerson().KeepAsync(channel.Id, new { muted = true })).Is(HttpStatusCode.Forbidden, "not_a_member");
        (await service.NewPerson(isAdministrator: true).KeepAsync(channel.Id, new { muted = true })).Is(HttpStatusCode.Forbidden, "not_a_member");
        (await ann.CallAsync(HttpMethod.Patch, $"users/{bob.Id}/channels/{channel.Id}", new { muted = true })).Is(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task List_ShowsPublicOnesAndOnesOwnAndNothingElse()
    {
        var (ann, bob) = (service.NewPerson(), service.NewPerson());
        var word = Guid.CreateVersion7().ToString("N");
        async Task<Guid> Make(string kind, string name) => (await ann.CreateAsync(new { kind, name })).Is(HttpStatusCode.Created).As<CreatedChannel>().Channel.Id;
        Guid[] open = [await Make("public", $"{word} One"), await Make("public", $"two {word.ToUpperInvariant()}"), await Make("public", $"50% {word} _three_")];
        var closed = await Make("private", $"{word} closed");

        async Task<List<Guid>> Find(Person person, string query)
        {
            var (found, cursor) = (new List<Guid>(), "");
            while (cursor is not null)
            {
                var page = (await person.GetAsync($"channels?limit=2&query={Uri.EscapeDataString(query)}{cursor}")).Is(HttpStatusCode.OK).As<Page<Channel>>();
                found.AddRange(page.Items.Select(c => c.Id));
                cursor = page.Next is null ? null : "&cursor=" + page.Next;
            }
            return found;
        }

        Assert.Equal(open, await Find(bob, word));
        Assert.Equal([.. open, closed], await Find(ann, word));
        Assert.Equal([open[2]], await Find(bob, $"50% {word} _"));
        Assert.Empty(await Find(bob, word + "%"));
        (await bob.GetAsync("channels?query=%00")).Is(HttpStatusCode.BadRequest, "invalid");
        (await bob.GetAsync("channels?limit=0")).Is(HttpStatusCode.BadRequest, "invalid_limit");
    }

    async Task<MyChannel> MineAsync(Person person, Guid channel) => (await service.PullAsync(FeedName.UserChannels(person.Id))).Deltas.Single().Items
        .Select(i => i.Deserialize<MyChannel>(ContractsJson.Options)!).Single(m => m.ChannelId == channel);
}
