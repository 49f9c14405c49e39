using ChatGenius.Feeds;

namespace ChatGenius.ChannelsTests;

/// <summary>What the deltas and the answers of the owner must say, whatever happens in a channel.</summary>
public abstract class FeedTests(ChannelsService service)
{
    [Fact]
    public async Task Deltas_OfRandomChangesAtOnce_AreWholeAndEqualTheSnapshotFromAnyPosition()
    {
        var people = Enumerable.Range(0, 5).Select(_ => service.NewPerson()).ToArray();
        var channel = await people[0].NewChannelAsync(ChannelKind.Public, people[1]);

        await Task.WhenAll(people.Select((p, seed) => WanderAsync(p, people, channel.Id, new Random(seed))));

        foreach (var feed in people.Select(p => FeedName.UserChannels(p.Id)).Append(FeedName.Members(channel.Id)))
        {
            var head = (await service.PullAsync(feed)).Heads.Single();
            var deltas = await Eventually.Get(
                () => Task.FromResult(service.Published.Where(d => d.Feed == head.Feed).OrderBy(d => d.From).ToList()),
                published => published.Select(d => d.To).Prepend(0).SequenceEqual(published.Select(d => d.From).Append(head.Revision)));
            foreach (var delta in deltas)
                Assert.All(delta.Items, i => Assert.InRange(FeedItems.Revision(i), delta.From + 1, delta.To));
            var snapshot = await HeldAsync(feed, head, 0, []);
            // Whoever nobody put in the channel, in this order of events, has an empty feed.
            Assert.Equal(head.Revision > 0, snapshot.Count > 0);
            foreach (var cut in deltas.Select(d => d.To))
            {
                var applied = deltas.Where(d => d.To <= cut).SelectMany(d => d.Items);
                Assert.Equal(snapshot, await HeldAsync(feed, head, cut, applied));
            }
        }
    }

    [Fact]
    public async Task MembersFeed_Items_SayTheirTypeFirst()
    {
        var ann = service.NewPerson();
        var channel = await ann.NewChannelAsync();

        var items = (await service.PullAsync(FeedName.Members(channel.Id))).Deltas.Single().Items;

        Assert.Equal(["type", "id", "kind", "name", "topic", "archived", "createdBy", "createdAt", "memberCount", "revision"], items[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(["type", "channelId", "userId", "role", "joinedAt", "left", "revision"], items[1].EnumerateObject().Select(p => p.Name));
        Assert.Equal(["channel", "member"], items.Select(i => i.GetProperty("type").GetString()));
        Assert.Equal(channel, items[0].Deserialize<Channel>(ContractsJson.Options));
    }

    [Fact]
    public async Task Refusals_OfCallsForChannelsThatAreNot_MakeNoFeeds()
    {
        var (ann, nowhere) = (service.NewPerson(), Guid.CreateVersion7());
        var stranger = service.Person(Guid.CreateVersion7());

        (await ann.PutAsync(nowhere, ann)).Is(HttpStatusCode.NotFound, "not_found");
        (await ann.DeleteAsync(nowhere, ann)).Is(HttpStatusCode.NotFound, "not_found");
        (await ann.ChangeAsync(nowhere, new { name = "x" })).Is(HttpStatusCode.NotFound, "not_found");
        (await ann.KeepAsync(nowhere, new { muted = true })).Is(HttpStatusCode.NotFound, "not_found");
        (await ann.CreateAsync(new { kind = "direct", memberIds = new[] { stranger.Id } })).Is(HttpStatusCode.NotFound, "not_found");

        Assert.Equal(0, await CountFeedsAsync(ann.Id, nowhere, stranger.Id));
        await ann.NewChannelAsync();
        Assert.Equal(1, await CountFeedsAsync(ann.Id, nowhere, stranger.Id));
    }

    async Task<int> CountFeedsAsync(params Guid[] ids)
    {
        await using var db = service.Get<Hosting.Databases.Database<Channels.ChannelsContext>>().Open();
        return db.Set<Hosting.Feeds.FeedRow>().AsEnumerable().Count(f => ids.Contains(FeedName.Parse(f.Id).Id));
    }

    static async Task WanderAsync(Person person, Person[] people, Guid channel, Random random)
    {
        string[] roles = [MemberRole.Owner, MemberRole.Moderator, MemberRole.Member];
        for (var step = 0; step < 25; step++)
        {
            var other = people[random.Next(people.Length)];
            var answer = await (random.Next(6) switch
            {
                0 => person.PutAsync(channel, person),
                1 => person.PutAsync(channel, other, roles[random.Next(3)]),
                2 => person.DeleteAsync(channel, random.Next(3) == 0 ? person : other),
                3 => person.ChangeAsync(channel, new { topic = $"topic {random.Next()}" }),
                4 => person.KeepAsync(channel, new { muted = random.Next(2) == 0 }),
                _ => person.PutAsync(channel, other),
            });
            Assert.True((int)answer.Status < 500, answer.Body.ToString());
        }
    }

    /// <summary>What a reader holds that applied these items, stands at that revision, and asks for the rest.</summary>
    async Task<IReadOnlyList<string>> HeldAsync(FeedName feed, Head head, long revision, IEnumerable<JsonElement> items)
    {
        var held = new Dictionary<string, JsonElement>();
        var rest = await service.PullAsync(feed, revision == 0 ? null : head.Epoch, revision);
        foreach (var item in items.Concat(rest.Deltas.SelectMany(d => d.Items)).OrderBy(FeedItems.Revision))
            held[FeedItems.Key(feed.Kind, item)] = item;
        return [.. held.Values.OrderBy(FeedItems.Revision).Select(i => JsonSerializer.Serialize(i, ContractsJson.Options))];
    }
}
