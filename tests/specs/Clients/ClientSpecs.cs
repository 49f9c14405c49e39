using System.Diagnostics;
using ChatGenius.Client;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Messages;
using ChatGenius.Specs.Ways;
using ChatGenius.TestSupport;
using Microsoft.AspNetCore.Http.Connections;

namespace ChatGenius.Specs.Clients;

/// <summary>The project's own client.</summary>
public abstract class ClientSpecs(DeploymentFixture fixture) : Spec(fixture)
{
    static readonly TimeSpan s_bound = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Watch_WhileBothPost_HoldsWhatTheOwnerHolds()
    {
        var (ann, bob) = (await Newcomer("ann"), await Newcomer("bob"));
        var channel = await ann.CreateChannelAsync("private", bob);
        await using var one = await ConnectAsync(ann);
        await using var two = await ConnectAsync(bob);
        var views = new[] { one, two }.Select(client => client.Watch(FeedName.Messages(channel.Id))).ToList();

        await Task.WhenAll(new[] { one, two }.Select(async client =>
        {
            for (var i = 0; i < 10; i++)
                Assert.Equal(SendState.Sent, (await client.Outbox.SendAsync(channel.Id, $"text {i}")).State);
        }));

        var truth = (await one.Api.HistoryAsync(channel.Id)).Items;
        Assert.Equal(Enumerable.Range(1, 20).Select(seq => (long)seq), truth.Select(message => message.Seq));
        foreach (var view in views)
        {
            await UntilAsync(view, v => v.Items.Count == 20);
            Assert.Equal(truth.Select(message => (message.Id, message.Text)), view.As<Message>().OrderBy(message => message.Seq).Select(message => (message.Id, message.Text)));
        }
        Assert.Empty(one.Outbox.Waiting);
    }

    [Fact]
    public async Task Send_ThatIsRefusedForGood_FailsWithItsReason()
    {
        var (ann, bob) = (await Newcomer("ann"), await Newcomer("bob"));
        var channel = await ann.CreateChannelAsync("public");
        await using var client = await ConnectAsync(bob);

        var refused = await client.Outbox.SendAsync(channel.Id, "not a member");

        Assert.Equal((SendState.Failed, "not_a_member"), (refused.State, refused.Failure!.Code));
        Assert.Contains(refused, client.Outbox.Waiting);
    }

    [Fact]
    public async Task Removal_AndReturn_DeniesAndThenBringsEverything()
    {
        var (ann, bob) = (await Newcomer("ann"), await Newcomer("bob"));
        var channel = await ann.CreateChannelAsync("private", bob);
        await using var client = await ConnectAsync(bob);
        client.Watch(FeedName.UserChannels(bob.Id));
        var view = client.Watch(FeedName.Messages(channel.Id));
        await UntilAsync(view, v => v.Continuity == Continuity.Continued);

        (await ann.RemoveAsync(channel, bob)).Expect(HttpStatusCode.OK);
        await UntilAsync(view, v => v.Continuity == Continuity.Denied);
        await ann.PostAsync(channel, "while bob was away");
        Assert.DoesNotContain(view.As<Message>(), message => message.Text == "while bob was away");

        (await ann.PutMemberAsync(channel, bob)).Expect(HttpStatusCode.OK);
        await UntilAsync(view, v => v.As<Message>().Any(message => message.Text == "while bob was away"));
    }

    [Fact]
    public async Task SignOut_EndsTheConnectionForGood()
    {
        var ann = await Newcomer("ann");
        await using var client = await ConnectAsync(ann);
        await Eventually.True(() => client.State == ConnectionState.Live, s_bound);

        await client.SignOutAsync();

        await Eventually.True(() => client.State == ConnectionState.Offline, s_bound);
    }

    [Fact]
    public async Task Bot_Mentioned_Answers()
    {
        var (ann, bot) = (await Newcomer("ann"), await Newcomer("bot"));
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Repository.Program("examples/bot", "ChatGenius.Examples.Bot"), Chat.Address.ToString(), bot.Username, bot.Password]))!;
        try
        {
            var channel = await ann.CreateChannelAsync("private", bot);
            await using var client = await ConnectAsync(ann);
            var view = client.Watch(FeedName.Messages(channel.Id));
            client.Outbox.Send(channel.Id, "hello, bot", mentions: [bot.Id]);

            await UntilAsync(view, v => v.Messages.Any(message => message.AuthorId == bot.Id && message.Text == "You said: hello, bot" && message.ThreadId is not null));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task Older_PagesDownToTheFirst_BringsTheWholeChannel()
    {
        var ann = await Newcomer("ann");
        var channel = await ann.CreateChannelAsync("private");
        for (var i = 0; i < 60; i++)
            await ann.PostAsync(channel, $"text {i}");
        await using var client = await ConnectAsync(ann);
        var view = client.Watch(FeedName.Messages(channel.Id));
        while (await view.OlderAsync(limit: 7))
            Assert.True(view.Floor is >= 1 and < 11);

        Assert.Equal(Enumerable.Range(1, 60).Select(seq => (long)seq), view.Messages.Select(message => message.Seq));
        Assert.Equal(1, view.Floor);
    }

    [Theory]
    [InlineData(HttpTransportType.WebSockets, "webSockets")]
    [InlineData(HttpTransportType.ServerSentEvents, "serverSentEvents")]
    [InlineData(HttpTransportType.LongPolling, "longPolling")]
    public async Task EachTransport_IsLiveAndKnown(HttpTransportType transport, string name)
    {
        var ann = await Newcomer("ann");
        var channel = await ann.CreateChannelAsync("private");
        await using var client = new ChatClient(new ChatClientOptions { Address = Chat.Address, Transports = transport });
        await client.SignInAsync(ann.Username, ann.Password);
        Assert.Equal(ann.Id, client.UserId);
        client.Start();
        var view = client.Watch(FeedName.Messages(channel.Id));
        await UntilAsync(view, v => v.Continuity == Continuity.Continued);
        await ann.PostAsync(channel, "over there");

        await UntilAsync(view, v => v.Messages.Any());
        Assert.Equal(name, client.Transport);
    }

    [Theory]
    [InlineData(UpgradeBlock.Refuses)]
    [InlineData(UpgradeBlock.LeavesOut)]
    [InlineData(UpgradeBlock.Breaks)]
    public async Task Client_BehindAProxyThatBlocksUpgrades_FallsBackLosesNothingAndIsCounted(UpgradeBlock block)
    {
        var (ann, bob) = (await Newcomer("ann"), await Newcomer("bob"));
        var channel = await ann.CreateChannelAsync("private", bob);
        await using var proxy = await BlockingProxy.StartAsync(Chat.Address, block);
        await using var behind = await ConnectAsync(bob, proxy.Address);
        var view = behind.Watch(FeedName.Messages(channel.Id));

        await Task.WhenAll(PostAsync(ann), PostAsync(bob));

        await UntilAsync(view, v => v.Messages.Count == 20);
        var truth = (await ann.PageAsync(channel)).List("items").Select(message => (message.Number("seq"), message.Text("text")));
        Assert.Equal(truth, view.Messages.Select(message => (message.Seq, message.Text)));
        Assert.True(proxy.Blocked > 0);
        Assert.Equal("serverSentEvents", behind.Transport);
        await Eventually.True(() => Fixture.Deployment.Processes.Any(process => process.Log().Split('\n').Any(line => line.Contains($"of user {bob.Id} opened", StringComparison.Ordinal) && line.Contains("serverSentEvents", StringComparison.Ordinal))));

        async Task PostAsync(Person person)
        {
            for (var i = 0; i < 10; i++)
                await person.PostAsync(channel, $"{person.Username} {i}");
        }
    }

    async Task<ChatClient> ConnectAsync(Person person, Uri? address = null)
    {
        var client = new ChatClient(new ChatClientOptions { Address = address ?? Chat.Address });
        await client.SignInAsync(person.Username, person.Password);
        client.Start();
        return client;
    }

    static async Task UntilAsync(FeedView view, Func<FeedView, bool> condition)
    {
        using var bound = new CancellationTokenSource(s_bound);
        await view.UntilAsync(condition, bound.Token);
    }
}
