using Microsoft.AspNetCore.Http.Connections;
using StackExchange.Redis;

namespace ChatGenius.TelemetryTests.Watching;

/// <summary>A conversation in which everything happens that dashboards and alerts look for: people talk, fall back, sign in wrongly, fall behind, and the parts under them fail and come back.</summary>
internal sealed class Conversation(DistributedDeployment deployment) : IDisposable
{
    static readonly TimeSpan s_bound = TimeSpan.FromSeconds(40);

    readonly Chat _chat = new(deployment.BaseAddress);
    readonly List<string> _secrets = [];

    /// <summary>A text that a message had, and nothing else.</summary>
    public string Text { get; } = Chat.Unique("said-in-confidence-");

    /// <summary>Everything that lets somebody in: passwords, access tokens, refresh tokens, tickets.</summary>
    public IReadOnlyList<string> Secrets => _secrets;

    /// <summary>The traces that the client began, one for each of the messages with <see cref="Text"/> in them.</summary>
    public IReadOnlyList<string> Traces { get; } = [.. Enumerable.Range(0, 6).Select(_ => Convert.ToHexStringLower(Guid.CreateVersion7().ToByteArray()))];

    public async Task HoldAsync()
    {
        var (ann, bob) = (await RegisterAsync("ann"), await RegisterAsync("bob"));
        await SignInBadlyAsync(ann);
        var channel = await ann.CreateChannelAsync("private", bob);
        await using var first = await LiveConnection.OpenAsync(ann);
        await using var second = await LiveConnection.OpenAsync(deployment.BaseAddress, HttpTransportType.WebSockets, () => TicketAsync(bob));
        await using var third = await LiveConnection.OpenAsync(bob, HttpTransportType.LongPolling);
        foreach (var live in (LiveConnection[])[first, second, third])
            await SyncAsync(live, channel);
        foreach (var trace in Traces)
        {
            await PostTracedAsync(ann, channel, trace);
            foreach (var live in (LiveConnection[])[first, second, third])
                await ArrivesAsync(live, channel, $"{Text} {trace}");
        }
        await first.SayAsync("Renew", ann.AccessToken);
        await ReportAsync(first);
        await SyncOddlyAsync(first, channel);
        await HearTooEarlyAsync(first, channel);
        await OverflowAsync(ann, first);
        await LoseTheOwnerAsync();
        await LoseTheBusAsync(ann, channel, first);
        await EndASessionAsync(bob);
    }

    public void Dispose() => _chat.Dispose();

    async Task<Person> RegisterAsync(string name)
    {
        var person = await _chat.RegisterAsync(name);
        _secrets.AddRange([person.Password, person.AccessToken, person.RefreshToken]);
        return person;
    }

    async Task<string?> TicketAsync(Person person)
    {
        var ticket = await person.TicketAsync();
        _secrets.Add(ticket);
        return ticket;
    }

    async Task SignInBadlyAsync(Person person)
    {
        (await _chat.TokenAsync(person.Username, "not-the-password")).Expect(HttpStatusCode.BadRequest);
        (await _chat.GetAsync("/api/v1/users/me", "not.a.token")).Expect(HttpStatusCode.Unauthorized);
        var again = await person.SignInAgainAsync();
        var renewed = (await _chat.RefreshAsync(again.RefreshToken)).Expect(HttpStatusCode.OK).Body;
        _secrets.AddRange([again.AccessToken, again.RefreshToken, renewed.Text("access_token")!, renewed.Text("refresh_token")!]);
    }

    static Task<JsonElement> SyncAsync(LiveConnection live, Channel channel) => live.SyncAsync(new { feed = channel.Messages }, new { feed = channel.Members }, new { feed = "users/me/reads", mode = "heads" });

    // Too much at once for a queue of one is told as such.
    static Task ArrivesAsync(LiveConnection live, Channel channel, string text) => Eventually.True(
        () => live.Told("Delta").Any(delta => delta.GetRawText().Contains(text, StringComparison.Ordinal)) || live.Told("Behind").Any(behind => behind.GetRawText().Contains(channel.Messages, StringComparison.Ordinal)), s_bound);

    async Task PostTracedAsync(Person person, Channel channel, string trace)
    {
        using var body = new StringContent(JsonSerializer.Serialize(new { clientId = Guid.CreateVersion7(), text = $"{Text} {trace}" }), System.Text.Encoding.UTF8, "application/json");
        var reply = await _chat.SendAsync(HttpMethod.Post, $"{channel.Path}/messages", body, "Bearer " + person.AccessToken, ("traceparent", $"00-{trace}-00f067aa0ba902b7-01"));
        reply.Expect(HttpStatusCode.Created);
    }

    static Task ReportAsync(LiveConnection live) => live.SayAsync("Report", new
    {
        roundTripMs = 12.5, reconnects = 1, causes = new { lost = 1 }, gaps = 1, transport = "longPolling", client = "dotnet", awayMs = (double[])[900], postMs = (double[])[45], fallbacks = new { noUpgrade = 1 },
    });

    async Task SyncOddlyAsync(LiveConnection live, Channel channel)
    {
        var stranger = await (await RegisterAsync("stranger")).CreateChannelAsync("private");
        await live.SyncAsync(new { feed = channel.Messages, epoch = 1, revision = 0 });
        await live.SyncAsync(new { feed = stranger.Messages });
        await live.SyncAsync(new { feed = channel.Members, epoch = 1, revision = 1_000_000 });
        // Of a history that is older than any.
        await live.SyncAsync(new { feed = channel.Messages, epoch = 1_000_000_000, revision = 1 });
    }

    // Something is said that follows on what was never said: a gap.
    async Task HearTooEarlyAsync(LiveConnection live, Channel channel)
    {
        var head = (await live.SyncAsync(new { feed = channel.Messages })).At("heads.0");
        var (epoch, revision) = (head.Number("epoch"), head.Number("revision"));
        using var redis = await ConnectionMultiplexer.ConnectAsync(deployment.Servers.Redis.ConnectionString);
        var said = new { delta = new { feed = channel.Messages, epoch, from = revision + 5, to = revision + 6, reset = false, more = false, items = Array.Empty<object>() } };
        await redis.GetSubscriber().PublishAsync(RedisChannel.Literal($"chatgenius:feed:{channel.Messages}"), JsonSerializer.Serialize(said));
    }

    // Many channels speak at once, and only one delta may wait.
    static async Task OverflowAsync(Person person, LiveConnection live)
    {
        var channels = new List<Channel>();
        for (var i = 0; i < 12; i++)
            channels.Add(await person.CreateChannelAsync("private"));
        await live.SyncAsync([.. channels.Select(c => (object)new { feed = c.Messages })]);
        await Eventually.Get(
            async () =>
            {
                await Task.WhenAll(channels.Select(c => person.PostAsync(c, "all at once")));
                return live.Told("Behind").Count;
            }, behind => behind > 0, s_bound);
    }

    async Task LoseTheOwnerAsync()
    {
        var ways = deployment.Hops.To(Service.Messages).Where(hop => hop.From.StartsWith(Service.Realtime, StringComparison.Ordinal)).ToList();
        var logs = deployment.Of(Service.Realtime, 0);
        foreach (var hop in ways)
            hop.Refuse();
        await Eventually.True(() => logs.Log().Contains("Heads could not be compared with the messages service", StringComparison.Ordinal), s_bound);
        foreach (var hop in ways)
            hop.Heal();
    }

    // While the broker is away nothing is lost but time: followers find what was not said.
    async Task LoseTheBusAsync(Person person, Channel channel, LiveConnection live)
    {
        var text = Chat.Unique("while the broker was away ");
        var newcomer = await RegisterAsync("newcomer");
        foreach (var hop in deployment.Hops.To(Hops.Broker))
            hop.Refuse();
        await Eventually.True(() => deployment.Of(Service.Messages).Log().Contains("message broker", StringComparison.Ordinal), s_bound);
        var joined = (await person.PutMemberAsync(channel, newcomer)).Expect(HttpStatusCode.OK, HttpStatusCode.Created).Body;
        await person.PostAsync(channel, text, members: new { epoch = joined.Number("members.epoch"), revision = joined.Number("members.revision") });
        await ArrivesAsync(live, channel, text);
        await Eventually.True(() => deployment.Of(Service.Messages).Log().Contains("were not published", StringComparison.Ordinal), s_bound);
        foreach (var hop in deployment.Hops.To(Hops.Broker))
            hop.Heal();
        await Eventually.Get(async () => (await _chat.GetAsync("/health/ready")).Status, status => status == HttpStatusCode.OK, s_bound);
    }

    async Task EndASessionAsync(Person person)
    {
        var again = await person.SignInAgainAsync();
        _secrets.AddRange([again.AccessToken, again.RefreshToken]);
        await using var live = await LiveConnection.OpenAsync(again);
        (await _chat.RevokeAsync(again.RefreshToken)).Expect(HttpStatusCode.OK);
        await live.ClosedAsync(s_bound);
        // Each process learns of it by itself, within two seconds.
        await Eventually.Get(() => _chat.GetAsync("/api/v1/users/me", again.AccessToken), reply => reply.Status == HttpStatusCode.Unauthorized, s_bound);
    }
}
