namespace ChatGenius.ChannelsTests;

public abstract class CreatingTests(ChannelsService service)
{
    [Fact]
    public async Task Create_Public_AnswersTheChannelAndWhereItsMembersStand()
    {
        var (ann, bob) = (service.NewPerson(), service.NewPerson());
        var name = Person.NewName();

        var created = (await ann.CreateAsync(new { kind = "public", name = $"  {name} ", topic = "All of it", memberIds = new[] { bob.Id, ann.Id, bob.Id } })).Is(HttpStatusCode.Created).As<CreatedChannel>();

        Assert.Equal((name, "All of it", "public", 2, ann.Id), (created.Channel.Name, created.Channel.Topic, created.Channel.Kind, created.Channel.MemberCount, created.Channel.CreatedBy));
        Assert.Equal(new Fence { Epoch = created.Members.Epoch, Revision = 3 }, created.Members);
        var seen = await bob.SeeAsync(created.Channel.Id);
        Assert.Equal(created.Channel, seen with { Feed = null });
        Assert.Equal(new Position { Feed = FeedName.Members(seen.Id).ToString(), Epoch = created.Members.Epoch, Revision = created.Members.Revision }, seen.Feed);
    }

    [Fact]
    public async Task Create_SameClientId_GivesTheSameChannelOnce()
    {
        var ann = service.NewPerson();
        var body = new { kind = "public", name = Person.NewName(), clientId = Guid.CreateVersion7() };

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ann.CreateAsync(body)));

        Assert.Single(answers, a => a.Status == HttpStatusCode.Created);
        Assert.Equal(7, answers.Count(a => a.Status == HttpStatusCode.OK));
        Assert.Single(answers.Select(a => a.As<CreatedChannel>()).Distinct());
        (await ann.CreateAsync(new { body.kind, name = Person.NewName(), body.clientId })).Is(HttpStatusCode.Conflict, "client_id_conflict");
        (await service.NewPerson().CreateAsync(new { kind = "public", name = Person.NewName(), body.clientId })).Is(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Create_DirectOfTheSamePeople_IsTheSameChannelWhoeverAsksAtOnce()
    {
        Person[] people = [service.NewPerson(), service.NewPerson(), service.NewPerson()];
        var ids = people.Select(p => p.Id).ToArray();

        var answers = await Task.WhenAll(people.Concat(people).Select(p => p.CreateAsync(new { kind = "direct", memberIds = ids.Where(i => i != p.Id).Reverse() })));

        Assert.Single(answers, a => a.Status == HttpStatusCode.Created);
        Assert.Single(answers.Select(a => a.As<CreatedChannel>().Channel.Id).Distinct());
        Assert.Equal(3, answers[0].As<CreatedChannel>().Channel.MemberCount);
        var two = (await people[0].CreateAsync(new { kind = "direct", memberIds = new[] { ids[1] } })).Is(HttpStatusCode.Created).As<CreatedChannel>();
        Assert.Equal(("", 2), (two.Channel.Name, two.Channel.MemberCount));
    }

    [Fact]
    public async Task Create_DirectWithOneself_IsOnesOwn()
    {
        var ann = service.NewPerson();

        var first = (await ann.CreateAsync(new { kind = "direct", memberIds = new[] { ann.Id } })).Is(HttpStatusCode.Created).As<CreatedChannel>();
        var second = (await ann.CreateAsync(new { kind = "direct", memberIds = Array.Empty<Guid>() })).Is(HttpStatusCode.OK).As<CreatedChannel>();

        Assert.Equal((first, 1), (second, first.Channel.MemberCount));
    }

    [Fact]
    public async Task Create_NameThatDiffersInCaseOnly_IsTaken()
    {
        var (ann, bob) = (service.NewPerson(), service.NewPerson());
        var name = "Straßenfest ÄÖÜ " + Person.NewName();

        var answers = await Task.WhenAll(new[] { ann, bob, ann, bob }.Select((p, i) => p.CreateAsync(new { kind = i % 2 == 0 ? "private" : "public", name = i < 2 ? name : name.ToUpperInvariant() })));

        Assert.Single(answers, a => a.Status == HttpStatusCode.Created);
        Assert.Equal(3, answers.Count(a => a.Code == "name_taken"));
    }

    [Theory]
    [InlineData("""{"kind":"secret","name":"x"}""", "kind")]
    [InlineData("""{"kind":"public"}""", "name")]
    [InlineData("""{"kind":"public","name":"   "}""", "name")]
    [InlineData("""{"kind":"public","name":"a\nb"}""", "name")]
    [InlineData("""{"kind":"direct"}""", "memberIds")]
    [InlineData("""{"kind":"public","name":"x","memberIds":["nobody"]}""", "memberIds[0]")]
    [InlineData("""{"name":"x"}""", "kind")]
    [InlineData("""{"kind":null,"name":"x"}""", "kind")]
    public async Task Create_WrongField_IsNamed(string body, string field)
    {
        var answer = await service.NewPerson().CreateAsync(JsonSerializer.Deserialize<JsonElement>(body));

        answer.Is(HttpStatusCode.BadRequest, "invalid");
        Assert.True(answer.Body.GetProperty("errors").TryGetProperty(field, out _), answer.Body.ToString());
    }

    [Fact]
    public async Task Create_AtTheLimits_IsAcceptedAndBeyondRefused()
    {
        var ann = service.NewPerson();
        string Name(int length) => string.Concat(Enumerable.Repeat("😀", length - 32)) + Guid.CreateVersion7().ToString("N");

        (await ann.CreateAsync(new { kind = "public", name = Name(80), topic = string.Concat(Enumerable.Repeat("😀", 1000)) })).Is(HttpStatusCode.Created);
        (await ann.CreateAsync(new { kind = "public", name = Name(81) })).Is(HttpStatusCode.BadRequest, "invalid");
        (await ann.CreateAsync(new { kind = "public", name = Name(80), topic = new string('x', 1001) })).Is(HttpStatusCode.BadRequest, "invalid");
        (await ann.CreateAsync(new { kind = "public", name = Name(80), memberIds = Enumerable.Range(0, 101).Select(_ => Guid.CreateVersion7()) })).Is(HttpStatusCode.BadRequest, "invalid");
    }
}
