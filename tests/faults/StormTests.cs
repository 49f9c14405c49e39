using ChatGenius.Contracts.Channels;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Messages;
using ChatGenius.FaultTests.LightClients;
using ChatGenius.TestSupport.Deployments;
using ChatGenius.TestSupport.Waiting;
using Xunit;
using Xunit.Abstractions;

namespace ChatGenius.FaultTests;

/// <summary>Two thousand clients are cut off at once and come back at once.</summary>
[Collection(ProxiedDeployment.Name)]
public sealed class StormTests(ProxiedDeployment fixture, ITestOutputHelper output)
{
    const int Users = 20;
    const int ClientsOfEach = 100;

    [Fact]
    public async Task TwoThousand_CutOffAtOnce_AreAllBackAndAtHead()
    {
        var users = new List<Account>();
        foreach (var part in Enumerable.Range(0, Users).Chunk(4))
            users.AddRange(await Task.WhenAll(part.Select(_ => fixture.RegisterAsync())));
        await using var poster = await fixture.SignInAsync(users[0]);
        var channel = (await poster.Api.CreateChannelAsync(new CreateChannel
        {
            Name = "c" + Guid.CreateVersion7().ToString("N"), Kind = ChannelKind.Private, MemberIds = [.. users.Skip(1).Select(user => user.Id)],
        })).Channel.Id;
        for (var i = 0; i < 20; i++)
            await PostAsync("before");
        var clock = new RunClock();
        List<LightClient> clients = [.. users.SelectMany(user => Enumerable.Range(0, ClientsOfEach).Select(i => new LightClient(new LightClientOptions
        {
            Name = $"{user.Username}-{i}", Account = user, Address = fixture.Address, Clock = clock, Feeds = [FeedName.Messages(channel)], Keep = false, Chance = new Random(i),
        })))];
        foreach (var client in clients)
            client.Start();
        await Eventually.True(() => clients.TrueForAll(client => client.IsLive), TimeSpan.FromSeconds(120), "all are connected");
        var connected = clock.Now;

        var link = fixture.Deployment.Hops.Between(Hops.Clients, Service.Gateway);
        link.Reset();
        var last = await Eventually.Get(() => PostAsync("while they are away"), _ => true);
        var cut = clock.Now;
        await Eventually.True(() => clients.TrueForAll(client => client.IsLive && client.Of(FeedName.Messages(channel)).Position.Revision >= last.Revision), TimeSpan.FromSeconds(60), "all are back and at head");
        output.WriteLine($"{clients.Count} connected in {connected} ms, all back after {clock.Now - cut} ms");
        Assert.All(clients, client => Assert.True(client.Connections >= 2, $"{client.Name} was not cut off."));
        await Task.WhenAll(clients.Select(client => client.DisposeAsync().AsTask()));

        Task<Message> PostAsync(string text) => poster.Api.PostAsync(channel, new PostMessage { ClientId = Guid.CreateVersion7(), Text = text });
    }
}
