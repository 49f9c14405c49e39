using ChatGenius.TelemetryTests.Otlp;
using ChatGenius.TelemetryTests.Watching;

namespace ChatGenius.TelemetryTests;

/// <summary>Makes each symptom of docs/troubleshooting.md, and looks for the signs that it names.</summary>
[Collection(WatchedDeployment.Name)]
public sealed class SymptomTests(WatchedDeployment watched) : IDisposable
{
    static readonly TimeSpan s_bound = TimeSpan.FromSeconds(40);

    readonly Chat _chat = new(watched.Deployment.BaseAddress);

    public void Dispose() => _chat.Dispose();

    [Fact]
    public async Task ConnectedButNothingArrives_OfAClientThatDoesNotSync_ShowsInConnectionsThatStayConnecting()
    {
        var (ann, bob) = (await _chat.RegisterAsync("ann"), await _chat.RegisterAsync("bob"));
        var channel = await ann.CreateChannelAsync("private", bob);
        await using var silent = await bob.ConnectAsync();
        await using var synced = await bob.ConnectAsync();
        await synced.SyncAsync(new { feed = channel.Messages });

        await ann.PostAsync(channel, "is anybody there?");
        await synced.HearAsync("Delta", within: s_bound);

        Assert.Empty(silent.Told("Delta"));
        await ShowsAsync("chatgenius.connections", 1, "connecting");
        Assert.Contains("`connecting`", Guide("Connected but nothing arrives"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MessagesLate_WithoutRedis_ShowsInThePartAndInWhatTicksFind()
    {
        var ann = await _chat.RegisterAsync("ann");
        var channel = await ann.CreateChannelAsync("private");
        await using var live = await ann.ConnectAsync();
        await live.SyncAsync(new { feed = channel.Messages });
        var found = Sum("chatgenius.feed.tails.repaired", "realtime");
        var ways = watched.Deployment.Hops.To(Hops.Cache);
        foreach (var hop in ways)
            hop.Refuse();
        try
        {
            await ShowsAsync("chatgenius.part.ready", 0, "backplane");
            await ann.PostAsync(channel, "late, and not lost");
            await live.HearAsync("Delta", within: s_bound);
            await Eventually.True(() => Sum("chatgenius.feed.tails.repaired", "realtime") > found, s_bound);
        }
        finally
        {
            foreach (var hop in ways)
                hop.Heal();
        }
        await Eventually.True(() => Newest("chatgenius.part.ready", "backplane").All(p => p.Value == 1), s_bound);
        Assert.Contains("`backplane` is 0", Guide("Messages late"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReconnectLoop_BehindSomethingThatCuts_ShowsInClosesWithoutACode()
    {
        var ann = await _chat.RegisterAsync("ann");
        var cut = Sum("chatgenius.connections.closed", "none");
        for (var i = 0; i < 3; i++)
        {
            await using var live = await ann.ConnectAsync();
            watched.Deployment.Hops.Between(Hops.Clients, Service.Gateway).Reset();
            await live.ClosedAsync(s_bound);
        }

        await Eventually.True(() => Sum("chatgenius.connections.closed", "none") >= cut + 3, s_bound);
        Assert.Contains("code `none` grows", Guide("Reconnect loop"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnauthorizedAfterAnHour_OfAClientThatDoesNotRenew_ShowsInRefusedTokensAndCode4001()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var host = new HostDeployment(new DeploymentOptions
        {
            LogName = "short",
            Environment = new Dictionary<string, string?>(receiver.Settings) { ["ChatGenius__AccessTokenLifetime"] = "00:00:05", ["ChatGenius__Realtime__ExpiryGrace"] = "00:00:00" },
        });
        await host.StartAsync();
        using var chat = new Chat(host.BaseAddress);
        var ann = await chat.RegisterAsync("ann");
        await using var live = await ann.ConnectAsync();
        await live.ClosedAsync(s_bound);
        await Eventually.Get(() => ann.GetAsync("/api/v1/users/me"), reply => reply.Status == HttpStatusCode.Unauthorized, s_bound);

        await Eventually.True(() => receiver.Points.Any(p => p.Name == "chatgenius.token.events" && p.Labels["event"] == "refused" && p.Labels["code"] == "token_expired"), s_bound);
        await Eventually.True(() => receiver.Points.Any(p => p.Name == "chatgenius.connections.closed" && p.Labels["code"] == "4001"), s_bound);
        Assert.DoesNotContain(receiver.Points, p => p.Name == "chatgenius.token.events" && p.Labels["event"] == "renewed");
        Assert.Contains("`token_expired` grows", Guide("401 after an hour"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChannelListEmpty_IsAnErrorInstead_AndShowsInComparisonsThatFail()
    {
        var ann = await _chat.RegisterAsync("ann");
        var failed = Sum("chatgenius.feed.compare.failures", "messages");
        var way = watched.Deployment.Hops.Between(Service.Messages, Service.Channels);
        way.Refuse();
        try
        {
            (await ann.GetAsync("/api/v1/users/me/channels")).Expect(HttpStatusCode.ServiceUnavailable);
            await Eventually.True(() => Sum("chatgenius.feed.compare.failures", "messages") > failed, s_bound);
            Assert.Contains("[1104]", watched.Deployment.Of(Service.Messages).Log(), StringComparison.Ordinal);
        }
        finally
        {
            way.Heal();
        }
        await Eventually.Get(() => ann.GetAsync("/api/v1/users/me/channels"), reply => reply.Status == HttpStatusCode.OK, s_bound);
        Assert.Contains("event 1104", Guide("Channel list empty"), StringComparison.Ordinal);
    }

    [Fact]
    public void EverySymptom_IsRehearsed() => Assert.Equal(
        ["401 after an hour", "Channel list empty", "Connected but nothing arrives", "Messages late", "Reconnect loop"],
        File.ReadLines(Repository.Path("docs/troubleshooting.md")).Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..]).Order());

    Task ShowsAsync(string metric, double value, string label) => Eventually.True(() => Newest(metric, label).Any(p => p.Value == value), s_bound, $"{metric} of {label} is {value}");

    double Sum(string metric, string label) => Newest(metric, label).Sum(p => p.Value);

    IEnumerable<Point> Newest(string metric, string label) => watched.Receiver.Points.Where(p => p.Name == metric && p.Labels.Values.Contains(label));

    static string Guide(string symptom) => File.ReadAllText(Repository.Path("docs/troubleshooting.md")).Split("\n## ").Single(part => part.StartsWith(symptom, StringComparison.Ordinal));
}
