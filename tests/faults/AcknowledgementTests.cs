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

namespace ChatGenius.FaultTests;

/// <summary>A command or its answer cut at any byte leaves zero messages or one, and the retry is told of that one.</summary>
[Collection(ProxiedDeployment.Name)]
public sealed class AcknowledgementTests(ProxiedDeployment fixture)
{
    // A command is about 1,100 bytes long and its answer about 1,400: byte by byte where each begins, then in steps that are no power of anything, and beyond the end.
    static readonly int[] s_places = [.. Enumerable.Range(0, 6).Concat(Enumerable.Range(0, 24).Select(step => 11 + step * 67))];

    [Theory]
    [InlineData(Hops.Clients, Direction.ToClient)]
    [InlineData(Hops.Clients, Direction.ToServer)]
    [InlineData(Service.Gateway, Direction.ToClient)]
    [InlineData(Service.Gateway, Direction.ToServer)]
    [InlineData("messages", Direction.ToClient)]
    public async Task Post_CutAtAnyByte_IsStoredOnceOrNotAtAll(string from, Direction direction)
    {
        var account = await fixture.RegisterAsync();
        await using var client = await fixture.SignInAsync(account);
        var channel = (await client.Api.CreateChannelAsync(new CreateChannel { Name = "c" + Guid.CreateVersion7().ToString("N"), Kind = ChannelKind.Private })).Channel.Id;
        var links = LinksOf(from);
        var (log, clock, unanswered) = (new HistoryLog(), new RunClock(), 0);

        foreach (var place in s_places)
        {
            var body = new PostMessage { ClientId = Guid.CreateVersion7(), Text = $"cut at {place}" };
            log.Add(new SendAttempted(clock.Now, account.Id, body.ClientId, channel, body.Text));
            foreach (var link in links)
                link.CutAfter(direction, place);
            Message? first = null;
            try
            {
                first = await client.Api.PostAsync(channel, body);
            }
            catch (Exception cut) when (cut is HttpRequestException or IOException or ChatApiException { IsPassing: true })
            {
                unanswered++;
            }
            foreach (var link in links)
                link.Heal();
            var page = await Eventually.Get(() => client.Api.HistoryAsync(channel), _ => true);
            Assert.InRange(page.Items.Count(message => message.ClientId == body.ClientId), first is null ? 0 : 1, 1);
            var stored = await Eventually.Get(() => client.Api.PostAsync(channel, body), _ => true);
            foreach (var told in (Message?[])[first, stored])
                if (told is not null)
                    log.Add(new SendAcknowledged(clock.Now, account.Id, body.ClientId, channel, told.Id, told.Seq, told.Revision));
        }

        Assert.InRange(unanswered, s_places.Length / 3, s_places.Length);
        using var http = new HttpClient { BaseAddress = fixture.Address };
        var truth = await new TruthReader(http).ReadAsync(account, FeedName.Messages(channel));
        Assert.Equal(s_places.Length, truth.Messages.Count);
        Assert.Empty(HistoryChecker.Check(log.Snapshot(), Truth.Of([truth]), []));
    }

    IReadOnlyList<FaultProxy> LinksOf(string from) => from switch
    {
        Hops.Clients => fixture.Deployment.Hops.To(Service.Gateway),
        Service.Gateway => [fixture.Deployment.Hops.Between(Service.Gateway, "messages-1"), fixture.Deployment.Hops.Between(Service.Gateway, "messages-2")],
        _ => [fixture.Deployment.Hops.Between("messages-1", Hops.Database), fixture.Deployment.Hops.Between("messages-2", Hops.Database)],
    };
}
