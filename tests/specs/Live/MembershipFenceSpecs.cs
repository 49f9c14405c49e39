namespace ChatGenius.Specs.Live;

public abstract class MembershipFenceSpecs(DeploymentFixture fixture) : Spec(fixture)
{
    [Fact]
    public async Task Removed_MemberIsDroppedAndHearsNothingWrittenAfter()
    {
        var (ann, bob, cid) = (await Ann(), await Bob(), await Cid());
        var (secret, open) = (await ann.CreateChannelAsync("private", bob, cid), await ann.CreateChannelAsync("private", bob));
        await using var live = await bob.ConnectAsync();
        await live.SyncAsync(new { feed = secret.Messages }, new { feed = secret.Members }, new { feed = open.Messages }, new { feed = $"users/{bob.Id}/channels" });
        await ann.PostAsync(secret, "while you are here");
        await live.HearAsync("Delta", delta => delta.Text("feed") == secret.Messages && delta.List("items").Length > 0);

        var members = (await ann.RemoveAsync(secret, bob)).Expect(HttpStatusCode.OK).Body.At("members");
        await ann.PostAsync(secret, "now that you are gone", members: members);
        await ann.PostAsync(open, "a later word elsewhere");

        await live.HearAsync("Dropped", feeds => feeds.EnumerateArray().Any(feed => feed.GetString() == secret.Messages));
        await live.HearAsync("Delta", delta => delta.Text("feed") == open.Messages);
        await live.HearAsync("Delta", delta => delta.Text("feed") == $"users/{bob.Id}/channels"
            && delta.List("items").Any(item => item.Text("channelId") == secret.Id.ToString() && item.Flag("left")));
        Assert.DoesNotContain("now that you are gone", string.Concat(live.Told("Delta").Select(delta => delta.GetRawText())), StringComparison.Ordinal);
        Assert.Equal([secret.Messages], (await live.SyncAsync(new { feed = secret.Messages })).Texts("denied"));
    }

    [Fact]
    public async Task Removed_AndRoundAfterRound_NothingEverLeaks()
    {
        var (ann, bob) = (await Ann(), await Bob());
        var secret = await ann.CreateChannelAsync("private");
        await using var live = await bob.ConnectAsync();
        for (var round = 0; round < 10; round++)
        {
            (await ann.PutMemberAsync(secret, bob)).Expect(HttpStatusCode.OK);
            var answer = await live.SyncAsync(new { feed = secret.Messages });
            Assert.Empty(answer.List("denied"));
            var members = (await ann.RemoveAsync(secret, bob)).Expect(HttpStatusCode.OK).Body.At("members");
            await ann.PostAsync(secret, $"secret {round}", members: members);
            Assert.Equal([secret.Messages], (await live.SyncAsync(new { feed = secret.Messages })).Texts("denied"));
            Assert.DoesNotContain($"secret {round}", string.Concat(live.Told("Delta").Select(delta => delta.GetRawText())), StringComparison.Ordinal);
        }
        (await ann.PutMemberAsync(secret, bob)).Expect(HttpStatusCode.OK);

        var back = Assert.Single((await live.SyncAsync(new { feed = secret.Messages })).List("deltas"));

        Assert.Equal(Enumerable.Range(0, 10).Select(round => $"secret {round}"), back.List("items").Select(item => item.Text("text")));
    }

    [Fact]
    public async Task Invited_MemberLearnsOfItByTheirOwnChannelList()
    {
        var (ann, bob) = (await Ann(), await Bob());
        await using var live = await bob.ConnectAsync();
        await live.SyncAsync(new { feed = $"users/{bob.Id}/channels" });

        var channel = await ann.CreateChannelAsync("private", bob);
        await ann.PostAsync(channel, "welcome");

        await live.HearAsync("Delta", delta => delta.List("items").Any(item => item.Text("channelId") == channel.Id.ToString() && item.Text("role") == "member" && !item.Flag("left")));
        var answer = await live.SyncAsync(new { feed = channel.Messages }, new { feed = channel.Members });
        Assert.Empty(answer.List("denied"));
        Assert.Equal("welcome", answer.List("deltas").Single(delta => delta.Text("feed") == channel.Messages).Text("items.0.text"));
    }
}
