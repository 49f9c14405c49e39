namespace ChatGenius.Specs.Live;

public abstract class EphemeralSpecs(DeploymentFixture fixture) : Spec(fixture)
{
    [Fact]
    public async Task Typing_ReachesThoseWhoWatchTheChannel()
    {
        var (ann, bob, cid) = (await Ann(), await Bob(), await Cid());
        var channel = await ann.CreateChannelAsync("private", bob);
        await using var listener = await ann.ConnectAsync();
        await using var typist = await bob.ConnectAsync();
        await using var outsider = await cid.ConnectAsync();
        await listener.SyncAsync(new { feed = channel.Messages });
        await typist.SyncAsync(new { feed = channel.Messages });
        await outsider.SyncAsync(new { feed = channel.Messages });

        await typist.SayAsync("Typing", channel.Id);

        var typing = await listener.HearAsync("Typing");
        Assert.Equal((channel.Id.ToString(), bob.Id.ToString()), (typing.Text("channelId"), typing.Text("userId")));
        Assert.InRange(typing.At("until").GetDateTimeOffset(), TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow().AddSeconds(31));
        Assert.Empty(outsider.Told("Typing"));
    }

    [Fact]
    public async Task Presence_FollowsComingGoingAndSteppingAway()
    {
        var (dora, bob) = (await Newcomer("dora"), await Bob());
        await using var watcher = await bob.ConnectAsync();
        await watcher.SayAsync("WatchPresence", (object)new[] { dora.Id });

        var live = await dora.ConnectAsync();
        await SeenAsync(watcher, dora, "active");
        await live.SayAsync("SetPresence", "away");
        await SeenAsync(watcher, dora, "away");
        await live.DisposeAsync();
        await SeenAsync(watcher, dora, "offline");
    }

    [Fact]
    public async Task Presence_OfSomeoneWithTwoConnections_OutlivesOne()
    {
        var (dora, bob) = (await Newcomer("dora"), await Bob());
        await using var first = await dora.ConnectAsync();
        var second = await dora.ConnectAsync();
        await using var watcher = await bob.ConnectAsync();
        await watcher.SayAsync("WatchPresence", (object)new[] { dora.Id });
        await SeenAsync(watcher, dora, "active");

        await second.DisposeAsync();
        await first.SayAsync("SetPresence", "away");

        await SeenAsync(watcher, dora, "away");
        Assert.DoesNotContain(States(watcher, dora).SkipWhile(state => state != "active"), state => state == "offline");
    }

    static Task SeenAsync(LiveConnection watcher, Person person, string state) =>
        Eventually.True(() => States(watcher, person).LastOrDefault() == state, what: $"{person.Username} is {state}");

    static IEnumerable<string?> States(LiveConnection watcher, Person person) =>
        watcher.Told("Presence").SelectMany(told => told.EnumerateArray()).Where(seen => seen.Text("userId") == person.Id.ToString()).Select(seen => seen.Text("state"));
}
