using Microsoft.AspNetCore.Http.Connections;

namespace ChatGenius.Specs.Live;

public abstract class DeliverySpecs(DeploymentFixture fixture) : Spec(fixture)
{
    [Theory]
    [InlineData(HttpTransportType.WebSockets)]
    [InlineData(HttpTransportType.ServerSentEvents)]
    [InlineData(HttpTransportType.LongPolling)]
    public async Task Delta_OfAPost_ReachesTheOther(HttpTransportType transport)
    {
        var (ann, bob) = (await Ann(), await Bob());
        var channel = await ann.CreateChannelAsync("private", bob);
        await using var live = await LiveConnection.OpenAsync(bob, transport);
        var answer = await live.SyncAsync(new { feed = channel.Messages });

        var message = await ann.PostAsync(channel, "do you hear me?");

        var delta = await live.HearAsync("Delta", delta => delta.Text("feed") == channel.Messages && delta.List("items").Length > 0);
        Assert.Equal(["epoch", "feed", "fence", "floor", "from", "items", "more", "reset", "to"], delta.EnumerateObject().Select(field => field.Name).Order());
        Assert.Equal((answer.Number("heads.0.epoch"), answer.Number("heads.0.revision"), message.Number("revision"), false),
            (delta.Number("epoch"), delta.Number("from"), delta.Number("to"), delta.Flag("reset")));
        Assert.Equal(message.GetRawText(), delta.At("items.0").GetRawText());
    }

    [Fact]
    public async Task EveryConnection_OfEveryone_EndsWithTheSame()
    {
        Person[] people = [await Ann(), await Bob(), await Cid()];
        var channel = await people[0].CreateChannelAsync("private", people[1], people[2]);
        // More connections than instances: some of each share one.
        var connections = await Task.WhenAll(people.Concat(people).Select(person => person.ConnectAsync()));
        var copies = connections.Select(_ => new FeedCopy(channel.Messages)).ToArray();
        try
        {
            for (var i = 0; i < connections.Length; i++)
                Apply(copies[i], (await connections[i].SyncAsync(new { feed = channel.Messages })).List("deltas"));

            await Task.WhenAll(people.Select(async person =>
            {
                for (var i = 0; i < 10; i++)
                    await person.PostAsync(channel, $"{person.Username} {i}");
            }));

            for (var i = 0; i < connections.Length; i++)
            {
                var index = i;
                await Eventually.True(() =>
                {
                    Apply(copies[index], connections[index].Deltas(channel.Messages));
                    return copies[index].Revision == 30;
                });
            }
            var page = (await people[0].PageAsync(channel, "?limit=200")).List("items").Select(message => message.GetRawText()).ToArray();
            Assert.All(copies, copy => Assert.Equal(page, copy.Items.Select(item => item.GetRawText())));
        }
        finally
        {
            foreach (var connection in connections)
                await connection.DisposeAsync();
        }
    }

    [Fact]
    public async Task Resume_AfterACutOfSixtyMessages_FindsThemAllOnce()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var channel = await ann.CreateChannelAsync("private", bob);
        var copy = new FeedCopy(channel.Messages);
        await using (var before = await bob.ConnectAsync())
        {
            Apply(copy, (await before.SyncAsync(copy.Position)).List("deltas"));
            await ann.PostAsync(channel, "message 0");
            await before.HearAsync("Delta", delta => delta.Number("to") == 1);
            Apply(copy, before.Deltas(channel.Messages));
        }
        for (var i = 1; i <= 60; i++)
            await ann.PostAsync(channel, $"message {i}");

        await using var after = await bob.ConnectAsync();
        var answer = await after.SyncAsync(copy.Position);
        // Where news travel by ticks alone, what this instance has not heard of yet follows the answer.
        Assert.All(answer.List("deltas"), delta => Assert.False(delta.Flag("reset")));
        Apply(copy, answer.List("deltas"));
        await ann.PostAsync(channel, "message 61");
        await after.HearAsync("Delta", delta => delta.Number("to") == 62);
        Apply(copy, after.Deltas(channel.Messages));

        Assert.Equal(Enumerable.Range(0, 62).Select(i => $"message {i}"), copy.Items.Select(item => item.Text("text")));
    }

    [Fact]
    public async Task Heads_AreCoalescedAndNameTheLastSeq()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var channel = await ann.CreateChannelAsync("private", bob);
        await using var live = await bob.ConnectAsync();
        var answer = await live.SyncAsync(new { feed = channel.Messages, mode = "heads" });
        Assert.Equal(0, answer.Number("heads.0.lastSeq"));

        for (var i = 0; i < 20; i++)
            await ann.PostAsync(channel, $"message {i}");

        await live.HearAsync("Heads", heads => heads.EnumerateArray().Any(head => head.Text("feed") == channel.Messages && head.Number("lastSeq") == 20 && head.Number("revision") == 20));
        Assert.Empty(live.Deltas(channel.Messages));
        Assert.InRange(live.Told("Heads").Count, 1, 10);
    }

    [Fact]
    public async Task Unwatched_FeedIsNotDelivered()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var (left, kept) = (await ann.CreateChannelAsync("private", bob), await ann.CreateChannelAsync("private", bob));
        await using var live = await bob.ConnectAsync();
        await live.SyncAsync(new { feed = left.Messages }, new { feed = kept.Messages });

        await live.SayAsync("Unwatch", (object)new[] { left.Messages });

        await ann.PostAsync(left, "unheard");
        await ann.PostAsync(kept, "heard");
        await live.HearAsync("Delta", delta => delta.Text("feed") == kept.Messages);
        Assert.Empty(live.Deltas(left.Messages));
    }

    [Fact]
    public async Task Everything_NobodySyncedFor_IsNotDelivered()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var (silent, synced) = (await ann.CreateChannelAsync("private", bob), await ann.CreateChannelAsync("private", bob));
        await using var live = await bob.ConnectAsync();
        await live.SyncAsync(new { feed = synced.Messages });

        await ann.PostAsync(silent, "unheard");
        await ann.PostAsync(synced, "heard");

        await live.HearAsync("Delta");
        Assert.All(live.Told("Delta"), delta => Assert.Equal(synced.Messages, delta.Text("feed")));
    }

    [Fact]
    public async Task ProfileChange_ReachesAPartialReader()
    {
        var (dora, bob) = (await Newcomer("dora"), await Bob());
        await using var live = await bob.ConnectAsync();
        Assert.Empty((await live.SyncAsync(new { feed = "users", partial = true })).List("deltas"));

        (await dora.SendAsync(HttpMethod.Patch, "/api/v1/users/me", new { displayName = "Dora, renamed" })).Expect(HttpStatusCode.OK);

        await live.HearAsync("Delta", delta => delta.Text("feed") == "users"
            && delta.List("items").Any(user => user.Text("id") == dora.Id.ToString() && user.Text("displayName") == "Dora, renamed"));
    }

    static void Apply(FeedCopy copy, IEnumerable<JsonElement> deltas)
    {
        // Deltas may overtake each other; the reader's rule orders what overlaps.
        foreach (var delta in deltas.OrderBy(delta => delta.Number("to")))
            copy.Apply(delta);
    }
}
