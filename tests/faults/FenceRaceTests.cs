using ChatGenius.Client;
using ChatGenius.Contracts.Channels;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Messages;
using ChatGenius.FaultTests.Crowds;
using ChatGenius.FaultTests.LightClients;
using ChatGenius.Histories;
using ChatGenius.TestSupport.Deployments;
using ChatGenius.TestSupport.Network;
using ChatGenius.TestSupport.Waiting;
using Xunit;
using Xunit.Abstractions;

namespace ChatGenius.FaultTests;

/// <summary>A thousand sends race with removals over two instances of messages and two of realtime, while the backplane keeps losing what it is told and news of members come late.</summary>
[Collection(ProxiedDeployment.Name)]
public sealed class FenceRaceTests(ProxiedDeployment fixture, ITestOutputHelper output)
{
    /// <summary>Houses go on side by side: whoever waits for what was lost holds up nobody else.</summary>
    const int Houses = 5, DoorsOfEach = 5;

    /// <summary>How many sends race with each removal.</summary>
    const int Sends = 4;

    static readonly int s_removals = FaultPlan.IsLong ? 400 : 10;

    readonly HistoryLog _log = new();
    readonly RunClock _clock = new();

    [Fact]
    public async Task Removals_RacingWithSends_LeakNothingAndLoseNothing()
    {
        var houses = await Task.WhenAll(Enumerable.Range(0, Houses).Select(_ => House.BuildAsync(fixture, DoorsOfEach)));
        List<LightClient> clients = [.. houses.SelectMany(Watchers)];
        await Eventually.True(() => clients.TrueForAll(client => client.IsLive), TimeSpan.FromSeconds(60));

        using var over = new CancellationTokenSource();
        var losing = LoseAsync(over.Token);
        // Content overtakes the news of the removal, wherever nobody sees to it.
        var news = fixture.Deployment.Hops.Between(Service.Channels, Hops.Broker);
        news.Quality = new LinkQuality(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100));
        await Task.WhenAll(houses.SelectMany(house => house.Doors.Select(door => RaceAsync(house, door, [.. clients.Where(client => client.Feeds.Any(feed => feed.Name.Id == door))]))));
        await over.CancelAsync();
        news.Heal();
        output.WriteLine($"{Houses * DoorsOfEach * s_removals * Sends} races in {_clock.Now} ms; the backplane was lost {await losing} times");

        using var http = new HttpClient { BaseAddress = fixture.Address };
        var truth = new List<FeedTruth>();
        foreach (var house in houses)
            foreach (var door in house.Doors)
                truth.Add(await new TruthReader(http).ReadAsync(house.Keeper, FeedName.Messages(door)));
        var heads = truth.ToDictionary(feed => feed.Feed, feed => feed.Place);
        List<(LightClient Client, LightFeed Feed)> views = [.. clients.SelectMany(client => client.Feeds.Where(feed => heads.ContainsKey(feed.Name.ToString())).Select(feed => (client, feed)))];
        await Eventually.True(() => views.TrueForAll(view => Place.Of(view.Feed.Position) == heads[view.Feed.Name.ToString()]), TimeSpan.FromSeconds(20), "everyone is at head");
        // Who is at head may ask once more: who was denied does a second later.
        var violations = HistoryChecker.Check(await Rest.OfAsync(_log, TimeSpan.FromSeconds(20)), Truth.Of(truth), [.. views.Select(view => view.Feed.Held(view.Client.Name, view.Client.Account.Id, mayRead: true))]);
        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations.Take(20)));
        Assert.Equal(Houses * DoorsOfEach * s_removals * (Sends + 1), truth.Sum(feed => feed.Messages.Count));
        await Task.WhenAll(clients.Select(client => client.DisposeAsync().AsTask()));
        await Task.WhenAll(houses.Select(house => house.DisposeAsync().AsTask()));
    }

    async Task RaceAsync(House house, Guid door, IReadOnlyList<LightClient> clients)
    {
        await Task.Yield();
        var feed = FeedName.Messages(door);
        for (var race = 0; race < s_removals; race++)
        {
            var askedAt = _clock.Now;
            var sends = Task.WhenAll(Enumerable.Range(0, Sends).Select(_ => SendAsync(door, house.Sending, house.Sender, null)));
            var removed = await Insistence.UntilAnsweredAsync(() => house.Keeping.Api.RemoveMemberAsync(door, house.Visitor.Id));
            Note(removed, door, joined: false, askedAt);
            var last = await SendAsync(door, house.Keeping, house.Keeper, removed.Members);
            await sends;
            askedAt = _clock.Now;
            Note(await Insistence.UntilAnsweredAsync(() => house.Keeping.Api.PutMemberAsync(door, house.Visitor.Id)), door, joined: true, askedAt);
            // The next race is one only where the visitor is there.
            await Eventually.Get(
                () => Task.FromResult(string.Join("; ", clients.Where(client => !IsBack(client.Of(feed), last)).Select(client => client.Describe(feed)))),
                lacking => lacking.Length == 0, TimeSpan.FromSeconds(30), "the visitor is back");
        }
    }

    static bool IsBack(LightFeed feed, Message last) => !feed.Denied && feed.Position.Revision >= last.Revision;

    async Task<Message> SendAsync(Guid door, ChatClient client, Account author, Fence? members)
    {
        var body = new PostMessage { ClientId = Guid.CreateVersion7(), Text = "who hears this?", Members = members };
        _log.Add(new SendAttempted(_clock.Now, author.Id, body.ClientId, door, body.Text, Place.Of(members) ?? Place.Nothing));
        var stored = await Insistence.UntilAnsweredAsync(() => client.Api.PostAsync(door, body));
        _log.Add(new SendAcknowledged(_clock.Now, author.Id, body.ClientId, door, stored.Id, stored.Seq, stored.Revision));
        return stored;
    }

    void Note(ChangedMembership changed, Guid door, bool joined, long askedAt) =>
        _log.Add(new MembershipChanged(_clock.Now, door, changed.Membership.UserId, joined, new Place(changed.Members.Epoch, changed.Membership.Revision), askedAt));

    // The visitor on each realtime instance, and one who is never removed.
    IEnumerable<LightClient> Watchers(House house, int number)
    {
        for (var instance = 0; instance < 2; instance++)
            yield return Watch($"visitor-{number}-{instance + 1}", house.Visitor, house, fixture.Deployment.Of(Service.Realtime, instance).BaseAddress);
        yield return Watch($"keeper-{number}", house.Keeper, house, fixture.Address);
    }

    LightClient Watch(string name, Account account, House house, Uri address)
    {
        var client = new LightClient(new LightClientOptions
        {
            Name = name, Account = account, Address = address, Clock = _clock, Log = _log, Feeds = [.. house.Doors.Select(FeedName.Messages), FeedName.UserChannels(account.Id)],
        });
        client.Start();
        return client;
    }

    async Task<int> LoseAsync(CancellationToken over)
    {
        var (links, chance) = (fixture.Deployment.Hops.To(Hops.Cache).Where(link => link.From.StartsWith(Service.Realtime, StringComparison.Ordinal)).ToList(), new Random(1));
        for (var lost = 0; ; lost++)
        {
            await Task.Delay(chance.Next(1000, 2500), over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (over.IsCancellationRequested)
                return lost;
            links[chance.Next(links.Count)].Reset();
        }
    }

    /// <summary>Some doors, with one who keeps them, one who speaks behind them, and one who is shown out and let in again.</summary>
    sealed record House(Account Keeper, ChatClient Keeping, Account Sender, ChatClient Sending, Account Visitor, IReadOnlyList<Guid> Doors) : IAsyncDisposable
    {
        public static async Task<House> BuildAsync(ProxiedDeployment fixture, int doors)
        {
            var (keeper, sender, visitor) = (await fixture.RegisterAsync(), await fixture.RegisterAsync(), await fixture.RegisterAsync());
            var (keeping, sending, made) = (await fixture.SignInAsync(keeper), await fixture.SignInAsync(sender), new List<Guid>());
            for (var i = 0; i < doors; i++)
                made.Add((await keeping.Api.CreateChannelAsync(new CreateChannel { Name = "c" + Guid.CreateVersion7().ToString("N"), Kind = ChannelKind.Private, MemberIds = [sender.Id, visitor.Id] })).Channel.Id);
            return new House(keeper, keeping, sender, sending, visitor, made);
        }

        public async ValueTask DisposeAsync()
        {
            await Keeping.DisposeAsync();
            await Sending.DisposeAsync();
        }
    }
}
