using ChatGenius.Client;
using ChatGenius.Contracts.Channels;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Messages;
using ChatGenius.FaultTests.Crowds;
using ChatGenius.FaultTests.LightClients;
using ChatGenius.Histories;
using ChatGenius.TestSupport.Deployments;
using ChatGenius.TestSupport.Waiting;
using Xunit;
using Xunit.Abstractions;

namespace ChatGenius.FaultTests;

/// <summary>Removals race with sends over two instances of messages and two of realtime, while the backplane keeps losing what it is told.</summary>
[Collection(ProxiedDeployment.Name)]
public sealed class FenceRaceTests(ProxiedDeployment fixture, ITestOutputHelper output)
{
    const int Doors = 20;
    const int RacesEach = 50;

    readonly HistoryLog _log = new();
    readonly RunClock _clock = new();

    [Fact]
    public async Task Removals_RacingWithSends_LeakNothingAndLoseNothing()
    {
        var (keeper, sender, visitor) = (await fixture.RegisterAsync(), await fixture.RegisterAsync(), await fixture.RegisterAsync());
        await using var keeping = await fixture.SignInAsync(keeper);
        await using var sending = await fixture.SignInAsync(sender);
        var doors = new List<Guid>();
        for (var i = 0; i < Doors; i++)
            doors.Add((await keeping.Api.CreateChannelAsync(new CreateChannel { Name = "c" + Guid.CreateVersion7().ToString("N"), Kind = ChannelKind.Private, MemberIds = [sender.Id, visitor.Id] })).Channel.Id);
        // One on each realtime instance.
        var clients = Enumerable.Range(0, 2).Select(instance => Watch($"visitor-{instance + 1}", visitor, doors, fixture.Deployment.Of(Service.Realtime, instance).BaseAddress))
            .Append(Watch("keeper", keeper, doors, fixture.Address)).ToList();
        await Eventually.True(() => clients.TrueForAll(client => client.IsLive), TimeSpan.FromSeconds(30));

        using var over = new CancellationTokenSource();
        var losing = LoseAsync(over.Token);
        await Task.WhenAll(doors.Select(door => RaceAsync(door, keeping.Api, keeper, sending.Api, sender, visitor, clients)));
        await over.CancelAsync();
        output.WriteLine($"{Doors * RacesEach} races in {_clock.Now} ms; the backplane was lost {await losing} times");

        using var http = new HttpClient { BaseAddress = fixture.Address };
        var truth = new List<FeedTruth>();
        foreach (var door in doors)
            truth.Add(await new TruthReader(http).ReadAsync(keeper, FeedName.Messages(door)));
        await Eventually.True(() => truth.TrueForAll(feed => clients.TrueForAll(client => Place.Of(client.Of(FeedName.Parse(feed.Feed)).Position) == feed.Place)), TimeSpan.FromSeconds(20), "everyone is at head");
        var held = clients.SelectMany(client => doors.Select(door => client.Of(FeedName.Messages(door)).Held(client.Name, client.Account.Id, mayRead: true))).ToList();
        var violations = HistoryChecker.Check(_log, Truth.Of(truth), held);
        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations.Take(20)));
        Assert.Equal(Doors * RacesEach * 3, truth.Sum(feed => feed.Messages.Count));
        foreach (var client in clients)
            await client.DisposeAsync();
    }

    async Task RaceAsync(Guid door, ChatApi keeping, Account keeper, ChatApi sending, Account sender, Account visitor, IReadOnlyList<LightClient> clients)
    {
        await Task.Yield();
        for (var race = 0; race < RacesEach; race++)
        {
            var askedAt = _clock.Now;
            var sends = Task.WhenAll(SendAsync(door, sending, sender, null), SendAsync(door, sending, sender, null));
            var removed = await keeping.RemoveMemberAsync(door, visitor.Id);
            Note(removed, door, joined: false, askedAt);
            var last = await SendAsync(door, keeping, keeper, removed.Members);
            await sends;
            askedAt = _clock.Now;
            Note(await keeping.PutMemberAsync(door, visitor.Id), door, joined: true, askedAt);
            // The next race is one only where the visitor is there.
            await Eventually.True(() => clients.All(client => client.Of(FeedName.Messages(door)) is { Denied: false } feed && feed.Position.Revision >= last.Revision), TimeSpan.FromSeconds(20), "the visitor is back");
        }
    }

    async Task<Message> SendAsync(Guid door, ChatApi api, Account author, Fence? members)
    {
        var body = new PostMessage { ClientId = Guid.CreateVersion7(), Text = "who hears this?", Members = members };
        _log.Add(new SendAttempted(_clock.Now, author.Id, body.ClientId, door, body.Text, Place.Of(members) ?? Place.Nothing));
        var stored = await api.PostAsync(door, body);
        _log.Add(new SendAcknowledged(_clock.Now, author.Id, body.ClientId, door, stored.Id, stored.Seq, stored.Revision));
        return stored;
    }

    void Note(ChangedMembership changed, Guid door, bool joined, long askedAt) =>
        _log.Add(new MembershipChanged(_clock.Now, door, changed.Membership.UserId, joined, new Place(changed.Members.Epoch, changed.Membership.Revision), askedAt));

    LightClient Watch(string name, Account account, IReadOnlyList<Guid> doors, Uri address)
    {
        var client = new LightClient(new LightClientOptions
        {
            Name = name, Account = account, Address = address, Clock = _clock, Log = _log, Feeds = [.. doors.Select(FeedName.Messages), FeedName.UserChannels(account.Id)],
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
}
