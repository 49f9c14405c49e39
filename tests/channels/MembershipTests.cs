namespace ChatGenius.ChannelsTests;

public abstract class MembershipTests(ChannelsService service)
{
    [Fact]
    public async Task Put_Oneself_JoinsPublicChannelsOnly()
    {
        var (ann, bob) = (service.NewPerson(), service.NewPerson());
        var (open, closed) = (await ann.NewChannelAsync(), await ann.NewChannelAsync(ChannelKind.Private));

        var joined = (await bob.CallAsync(HttpMethod.Put, $"channels/{open.Id}/members/me")).Is(HttpStatusCode.OK).As<ChangedMembership>();
        var again = (await bob.PutAsync(open.Id, bob)).Is(HttpStatusCode.OK).As<ChangedMembership>();

        Assert.Equal((bob.Id, MemberRole.Member, false), (joined.Membership.UserId, joined.Membership.Role, joined.Membership.Left));
        Assert.Equal(joined, again);
        Assert.Equal(joined.Members.Revision, joined.Membership.Revision);
        Assert.Equal(2, (await ann.SeeAsync(open.Id)).MemberCount);
        (await bob.PutAsync(closed.Id, bob)).Is(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Put_AtOnce_CountsEveryoneOnceAndLeavesNoGapInRevisions()
    {
        var ann = service.NewPerson();
        var channel = await ann.NewChannelAsync();
        var people = Enumerable.Range(0, 12).Select(_ => service.NewPerson()).ToList();

        var answers = await Task.WhenAll(people.Concat(people).Select(p => p.PutAsync(channel.Id, p)));

        var revisions = answers.Select(a => a.Is(HttpStatusCode.OK).As<ChangedMembership>().Membership.Revision).Distinct().Order().ToList();
        // Each join takes two: one for the channel's count, one for the membership.
        Assert.Equal(Enumerable.Range(0, 12).Select(i => 4L + 2 * i), revisions);
        Assert.Equal(13, (await ann.SeeAsync(channel.Id)).MemberCount);
        Assert.Equal(26, Assert.Single((await service.PullAsync(FeedName.Members(channel.Id))).Heads).Revision);
    }

    [Fact]
    public async Task Delete_Oneself_LeavesOnceAndForAllUntilInvitedAgain()
    {
        var (ann, bob) = (service.NewPerson(), service.NewPerson());
        var channel = await ann.NewChannelAsync(ChannelKind.Private, bob);

        var left = (await bob.DeleteAsync(channel.Id, bob)).Is(HttpStatusCode.OK).As<ChangedMembership>();
        var again = (await bob.CallAsync(HttpMethod.Delete, $"channels/{channel.Id}/members/me")).Is(HttpStatusCode.OK).As<ChangedMembership>();

        Assert.True(left.Membership.Left);
        Assert.Equal(left, again);
        (await bob.GetAsync($"channels/{channel.Id}")).Is(HttpStatusCode.NotFound, "not_found");
        (await bob.GetAsync($"channels/{channel.Id}/members")).Is(HttpStatusCode.NotFound, "not_found");
        (await bob.KeepAsync(channel.Id, new { starred = true })).Is(HttpStatusCode.NotFound, "not_found");
        (await bob.PutAsync(channel.Id, bob)).Is(HttpStatusCode.NotFound, "not_found");
        Assert.Equal(1, (await ann.SeeAsync(channel.Id)).MemberCount);
        Assert.False((await ann.PutAsync(channel.Id, bob)).Is(HttpStatusCode.OK).As<ChangedMembership>().Membership.Left);
        Assert.Equal(2, (await bob.SeeAsync(channel.Id)).MemberCount);
    }

    [Fact]
    public async Task Delete_SomeoneWhoNeverWasThere_IsNotFound()
    {
        var (ann, bob) = (service.NewPerson(), service.NewPerson());
        var channel = await ann.NewChannelAsync();

        (await ann.DeleteAsync(channel.Id, bob)).Is(HttpStatusCode.NotFound, "not_found");
        (await bob.DeleteAsync(channel.Id, bob)).Is(HttpStatusCode.NotFound, "not_found");
        (await bob.DeleteAsync(Guid.CreateVersion7(), bob)).Is(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task LastOwner_WithOthersThere_CanNeitherLeaveNorStepDown()
    {
        var (ann, bob) = (service.NewPerson(), service.NewPerson());
        var channel = await ann.NewChannelAsync(ChannelKind.Private, bob);

        (await ann.DeleteAsync(channel.Id, ann)).Is(HttpStatusCode.Conflict, "last_owner");
        (await ann.PutAsync(channel.Id, ann, MemberRole.Moderator)).Is(HttpStatusCode.Conflict, "last_owner");
        (await ann.PutAsync(channel.Id, bob, MemberRole.Owner)).Is(HttpStatusCode.OK);
        (await ann.PutAsync(channel.Id, ann, MemberRole.Member)).Is(HttpStatusCode.OK);
        (await ann.DeleteAsync(channel.Id, ann)).Is(HttpStatusCode.OK);
        (await bob.PutAsync(channel.Id, bob, MemberRole.Member)).Is(HttpStatusCode.Conflict, "last_owner");
    }

    [Fact]
    public async Task LastOwner_Alone_LeavesAndTheChannelIsArchived()
    {
        var (ann, bob, administrator) = (service.NewPerson(), service.NewPerson(), service.NewPerson(isAdministrator: true));
        var channel = await ann.NewChannelAsync();

        (await ann.DeleteAsync(channel.Id, ann)).Is(HttpStatusCode.OK);

        var empty = await bob.SeeAsync(channel.Id);
        Assert.Equal((true, 0), (empty.Archived, empty.MemberCount));
        (await bob.PutAsync(channel.Id, bob)).Is(HttpStatusCode.Forbidden, "channel_archived");
        (await administrator.ChangeAsync(channel.Id, new { archived = false })).Is(HttpStatusCode.OK);
        Assert.Equal(MemberRole.Owner, (await bob.PutAsync(channel.Id, bob)).Is(HttpStatusCode.OK).As<ChangedMembership>().Membership.Role);
    }

    [Fact]
    public async Task Owners_WhoAllLeaveAtOnce_LeaveOneBehind()
    {
        for (var round = 0; round < 10; round++)
        {
            var people = Enumerable.Range(0, 4).Select(_ => service.NewPerson()).ToArray();
            var channel = await people[0].NewChannelAsync(ChannelKind.Public, people[1..]);
            foreach (var owner in people[1..3])
                (await people[0].PutAsync(channel.Id, owner, MemberRole.Owner)).Is(HttpStatusCode.OK);

            var answers = await Task.WhenAll(people[0].DeleteAsync(channel.Id, people[0]), people[1].DeleteAsync(channel.Id, people[1]), people[2].PutAsync(channel.Id, people[2], MemberRole.Member));

            Assert.Single(answers, a => a.Code == "last_owner");
            var page = (await people[3].GetAsync($"channels/{channel.Id}/members")).As<MembersPage>();
            Assert.Single(page.Items, m => m.Role == MemberRole.Owner);
        }
    }

    [Fact]
    public async Task Put_WhoIsUnknownOrDeactivated_IsNotFound()
    {
        var ann = service.NewPerson();
        var channel = await ann.NewChannelAsync();
        var (stranger, gone) = (service.Person(Guid.CreateVersion7()), service.Person(service.Identity.Register(active: false)));

        (await ann.PutAsync(channel.Id, stranger)).Is(HttpStatusCode.NotFound, "not_found");
        (await ann.PutAsync(channel.Id, gone)).Is(HttpStatusCode.NotFound, "not_found");
        (await ann.CreateAsync(new { kind = "direct", memberIds = new[] { stranger.Id } })).Is(HttpStatusCode.NotFound, "not_found");
        Assert.Equal(1, (await ann.SeeAsync(channel.Id)).MemberCount);
    }

    [Fact]
    public async Task Put_SomeoneUnheardOfWhileIdentityIsAway_IsUnavailableAndGoesOnLater()
    {
        var (ann, bob) = (service.NewPerson(), service.NewPerson());
        var channel = await ann.NewChannelAsync(ChannelKind.Public, bob);
        var newcomer = service.NewPerson();
        service.Identity.IsAway = true;
        try
        {
            (await ann.PutAsync(channel.Id, newcomer)).Is(HttpStatusCode.ServiceUnavailable, "unavailable");
            (await ann.DeleteAsync(channel.Id, bob)).Is(HttpStatusCode.OK);
            (await ann.PutAsync(channel.Id, bob)).Is(HttpStatusCode.OK);
        }
        finally
        {
            service.Identity.IsAway = false;
        }
        (await ann.PutAsync(channel.Id, newcomer)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Deactivation_ReachesTheServiceByItself()
    {
        var (ann, bob) = (service.NewPerson(), service.NewPerson());
        await ann.NewChannelAsync(ChannelKind.Public, bob);
        service.Identity.Deactivate(bob.Id);

        await Eventually.Get(
            () => ann.CreateAsync(new { kind = "private", name = Person.NewName(), memberIds = new[] { bob.Id } }),
            answer => answer.Code == "not_found", within: TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Members_ReadByPage_AreAllThereOnce()
    {
        var people = Enumerable.Range(0, 7).Select(_ => service.NewPerson()).ToArray();
        var channel = await people[0].NewChannelAsync(ChannelKind.Private, people[1..]);
        (await people[0].DeleteAsync(channel.Id, people[6])).Is(HttpStatusCode.OK);

        var (seen, cursor) = (new List<Guid>(), "");
        for (var pages = 1; cursor is not null; pages++)
        {
            var page = (await people[1].GetAsync($"channels/{channel.Id}/members?limit=4{cursor}")).Is(HttpStatusCode.OK).As<MembersPage>();
            Assert.Equal(new Position { Feed = $"channels/{channel.Id}/members", Epoch = page.Feed.Epoch, Revision = 10 }, page.Feed);
            seen.AddRange(page.Items.Select(m => m.UserId));
            cursor = page.Next is null ? null : "&cursor=" + page.Next;
            Assert.InRange(pages, 1, 2);
        }

        Assert.Equal(people[..6].Select(p => p.Id).Order(), seen);
        (await people[1].GetAsync($"channels/{channel.Id}/members?limit=201")).Is(HttpStatusCode.BadRequest, "invalid_limit");
        (await people[1].GetAsync($"channels/{channel.Id}/members?cursor=x")).Is(HttpStatusCode.BadRequest, "invalid_cursor");
    }
}
