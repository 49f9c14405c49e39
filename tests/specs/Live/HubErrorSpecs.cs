using Microsoft.AspNetCore.SignalR;

namespace ChatGenius.Specs.Live;

public abstract class HubErrorSpecs(DeploymentFixture fixture) : Spec(fixture)
{
    public static TheoryData<string, string> BadCalls => new()
    {
        { "Sync", "[null]" },
        { "Sync", "[[null]]" },
        { "Sync", """["users"]""" },
        { "Sync", "[[{}]]" },
        { "Unwatch", "[null]" },
        { "Unwatch", "[[null]]" },
        { "Typing", """["not an id"]""" },
        { "Typing", """["0199a5a0-0000-7000-8000-000000000000"]""" },
        { "SetPresence", """["dreaming"]""" },
        { "SetPresence", "[null]" },
        { "WatchPresence", "[null]" },
        { "WatchPresence", """[["x"]]""" },
        { "Renew", "[null]" },
        { "Report", "[null]" },
        { "Report", """["fine"]""" },
        { "Teleport", "[]" },
    };

    [Theory]
    [MemberData(nameof(BadCalls))]
    public async Task Call_GoneWrong_HasACodeAndLeavesTheConnectionOpen(string method, string arguments)
    {
        await using var live = await (await Ann()).ConnectAsync();
        var error = await Record.ExceptionAsync(() => live.SayAsync(method, [.. Json.Parse(arguments).EnumerateArray().Select(argument => (object?)argument)]));

        if (error is not null)
            Assert.Matches("[a-z_]+: .+", Assert.IsType<HubException>(error).Message);
        Assert.True(live.IsOpen);
        await live.SyncAsync(new { feed = "users", partial = true });
    }

    [Fact]
    public async Task Sync_OfMoreThanFiveHundredFeeds_IsRefusedByCode()
    {
        await using var live = await (await Ann()).ConnectAsync();

        var refusal = await Assert.ThrowsAsync<HubException>(
            () => live.SyncAsync([.. Enumerable.Range(0, 501).Select(_ => new { feed = $"channels/{Guid.CreateVersion7()}/messages" })]));

        Assert.Contains("too_many_feeds: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_OfWhatAClientSaw_IsTaken()
    {
        await using var live = await (await Ann()).ConnectAsync();

        await live.SayAsync("Report", new { roundTripMs = 12.5, reconnects = 1, causes = new { network = 1 }, gaps = 0, transport = "webSockets" });
    }

    [Fact]
    public async Task Sync_OneBadFeed_NeverFailsTheOthers()
    {
        var ann = await Ann();
        var channel = await ann.CreateChannelAsync();
        await using var live = await ann.ConnectAsync();

        var answer = await live.SyncAsync(
            new { feed = channel.Members },
            new { feed = "channels/of/dreams" },
            new { feed = channel.Messages, epoch = 1_000_000, revision = 1 },
            new { feed = $"users/{Guid.CreateVersion7()}/reads" });

        Assert.Equal(channel.Members, Assert.Single(answer.List("heads")).Text("feed"));
        Assert.Equal("unknown_feed", answer.List("failed").Single(failure => failure.Text("feed") == "channels/of/dreams").Text("code"));
        Assert.Single(answer.List("denied"));
    }
}
