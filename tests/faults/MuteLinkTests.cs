using ChatGenius.Contracts.Channels;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Messages;
using ChatGenius.FaultTests.Crowds;
using ChatGenius.FaultTests.LightClients;
using ChatGenius.TestSupport.Deployments;
using ChatGenius.TestSupport.Waiting;
using Xunit;
using Xunit.Abstractions;

namespace ChatGenius.FaultTests;

/// <summary>The link that many clients share between the gateway and an instance swallows everything, and no end of it is told.</summary>
[Collection(ProxiedDeployment.Name)]
public sealed class MuteLinkTests(ProxiedDeployment fixture, ITestOutputHelper output)
{
    const int Clients = 24;

    /// <summary>The gateway takes the link for lost after 10 s of silence, at which it looks each 2.5 s; then clients come back as from any lost connection.</summary>
    static readonly TimeSpan s_bound = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task ClientsOfAMuteLink_ComeBackByAnother_AndTheOthersNoticeNothing()
    {
        var reader = await fixture.RegisterAsync();
        await using var poster = await fixture.SignInAsync(await fixture.RegisterAsync());
        var channel = (await poster.Api.CreateChannelAsync(new CreateChannel { Name = "c" + Guid.CreateVersion7().ToString("N"), Kind = ChannelKind.Private, MemberIds = [reader.Id] })).Channel.Id;
        var (clock, feed) = (new RunClock(), FeedName.Messages(channel));
        List<LightClient> clients = [.. Enumerable.Range(0, Clients).Select(i => new LightClient(new LightClientOptions
        {
            Name = $"reader-{i}", Account = reader, Address = fixture.Address, Clock = clock, Feeds = [feed], Chance = new Random(i),
        }))];
        foreach (var client in clients)
            client.Start();
        var link = fixture.Deployment.Hops.Between(Service.Gateway, "realtime-1");
        try
        {
            await Eventually.True(() => clients.TrueForAll(client => client.IsLive), TimeSpan.FromSeconds(60), "all are connected");
            link.Mute();
            var muted = clock.Now;
            var first = await PostAsync();
            await Eventually.True(() => clients.TrueForAll(client => IsAt(client, first)), s_bound, "all have heard, while the link is mute");
            output.WriteLine($"all have heard {clock.Now - muted} ms after their link fell silent");
            Assert.Contains(clients, client => client.Connections > 1);
            Assert.Contains(clients, client => client.Connections == 1);

            // Nothing of the silence is left: what comes next is as quick as ever.
            var second = await PostAsync();
            await Eventually.True(() => clients.TrueForAll(client => IsAt(client, second)), TimeSpan.FromSeconds(2), "all hear the next at once");
        }
        finally
        {
            link.Heal();
            await Task.WhenAll(clients.Select(client => client.DisposeAsync().AsTask()));
        }

        bool IsAt(LightClient client, Message message) => client.IsLive && client.Of(feed).Position.Revision >= message.Revision;

        Task<Message> PostAsync()
        {
            var body = new PostMessage { ClientId = Guid.CreateVersion7(), Text = "who hears this?" };
            return Insistence.UntilAnsweredAsync(() => poster.Api.PostAsync(channel, body));
        }
    }
}
