namespace ChatGenius.Specs.Syncing;

/// <summary>snapshot(k) + deltas(k..h] = snapshot(h), for every kind of entity and change, seen from outside.</summary>
public abstract class EquivalenceSpecs(DeploymentFixture fixture) : Spec(fixture)
{
    [Fact]
    public async Task EveryChange_TakenUpFromAnyPoint_EndsAtTheSameState()
    {
        var (dora, ann, bob) = (await Newcomer("dora"), await Ann(), await Bob());
        var channel = await ann.CreateChannelAsync("private", dora);
        string[] feeds = [channel.Messages, channel.Members, $"users/{dora.Id}/channels", $"users/{dora.Id}/reads"];
        var copies = new List<FeedCopy>();
        foreach (var change in Changes(dora, ann, bob, channel))
        {
            foreach (var feed in feeds)
            {
                var copy = new FeedCopy(feed);
                await copy.CatchUpAsync(dora);
                copies.Add(copy);
            }
            (await change()).Expect(HttpStatusCode.OK, HttpStatusCode.Created);
        }

        foreach (var feed in feeds)
        {
            var fresh = new FeedCopy(feed);
            await fresh.CatchUpAsync(dora);
            foreach (var copy in copies.Where(copy => copy.Feed == feed))
            {
                await copy.CatchUpAsync(dora);
                Assert.Equal((fresh.Epoch, fresh.Revision), (copy.Epoch, copy.Revision));
                Assert.Equal(fresh.Items.Select(item => item.GetRawText()), copy.Items.Select(item => item.GetRawText()));
            }
        }
    }

    [Fact]
    public async Task MoreThanFiveHundredChanges_AreAnsweredWithAReset()
    {
        Person[] people = [await Ann(), await Bob(), await Cid()];
        var channel = await people[0].CreateChannelAsync("public", people[1], people[2]);
        await people[0].PostAsync(channel, "first");
        var copy = new FeedCopy(channel.Messages);
        await copy.CatchUpAsync(people[0]);
        await Task.WhenAll(people.Select(async person =>
        {
            for (var i = 0; i < 167; i++)
                await person.PostAsync(channel, $"message {i}");
        }));

        var delta = Assert.Single((await people[0].SyncAsync(copy.Position)).List("deltas"));

        Assert.True(delta.Flag("reset"));
        Assert.Equal((0L, 502L, 453L, 50), (delta.Number("from"), delta.Number("to"), delta.Number("floor"), delta.List("items").Length));
    }

    static IEnumerable<Func<Task<Reply>>> Changes(Person dora, Person ann, Person bob, Channel channel)
    {
        JsonElement first = default, second = default;
        yield return async () => Keep(await ann.TryPostAsync(channel, Guid.CreateVersion7(), "first", mentions: [dora.Id]), out first);
        yield return async () => Keep(await dora.TryPostAsync(channel, Guid.CreateVersion7(), "second"), out second);
        yield return () => ann.SendAsync(HttpMethod.Patch, channel.Message(first), new { text = "first, mended" });
        yield return () => dora.SendAsync(HttpMethod.Put, $"{channel.Message(first)}/reactions/👍");
        yield return () => ann.SendAsync(HttpMethod.Put, $"{channel.Message(second)}/pin");
        yield return () => ann.TryPostAsync(channel, Guid.CreateVersion7(), "a reply", Guid.Parse(first.Text("id")!));
        yield return () => ann.PutMemberAsync(channel, bob);
        yield return () => ann.PutMemberAsync(channel, bob, "moderator");
        yield return () => dora.SendAsync(HttpMethod.Put, channel.Path + "/read", new { seq = 1 });
        yield return () => dora.SendAsync(HttpMethod.Patch, $"/api/v1/users/me/channels/{channel.Id}", new { starred = true });
        yield return () => dora.SendAsync(HttpMethod.Delete, $"{channel.Message(first)}/reactions/👍");
        yield return () => ann.SendAsync(HttpMethod.Delete, $"{channel.Message(second)}/pin");
        yield return () => ann.SendAsync(HttpMethod.Delete, channel.Message(first));
        yield return () => ann.SendAsync(HttpMethod.Patch, channel.Path, new { topic = "another topic" });
        yield return () => ann.RemoveAsync(channel, bob);
        yield return () => ann.PutMemberAsync(channel, dora, "owner");
    }

    static Reply Keep(Reply reply, out JsonElement message)
    {
        message = reply.Expect(HttpStatusCode.Created).Body;
        return reply;
    }
}
