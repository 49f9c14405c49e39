using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ChatGenius.Client;
using ChatGenius.Contracts.Channels;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Identity;
using ChatGenius.Host;
using ChatGenius.TestSupport.Waiting;

namespace ChatGenius.EdgeTests.Proxying;

/// <summary>Behind a proxy that lets no WebSocket through, clients fall back, stay correct, and are counted.</summary>
public sealed class BlockedUpgradeTests : IAsyncLifetime
{
    const string Password = "a long password";

    static readonly TimeSpan s_bound = TimeSpan.FromSeconds(60);

    readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("chatgenius-");
    readonly ConcurrentQueue<string> _opened = new();
    readonly MeterListener _meters = new();
    Running? _host;

    public async Task InitializeAsync()
    {
        _host = await Running.StartAsync(HostApplication.Build(["--urls", "http://127.0.0.1:0", "--ChatGenius:PublicUrl=http://127.0.0.1", $"--ChatGenius:DataPath={_data.FullName}", "--Logging:LogLevel:Default=Warning"]));
        await Eventually.Get(() => _host.Http.GetAsync("/health/ready"), answer => answer.IsSuccessStatusCode, s_bound);
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "chatgenius.connections.opened")
                listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<long>((_, _, tags, _) => _opened.Enqueue((string)tags.ToArray().Single(tag => tag.Key == "transport").Value!));
        _meters.Start();
    }

    public async Task DisposeAsync()
    {
        _meters.Dispose();
        await _host!.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [Theory]
    [InlineData(UpgradeBlock.Refuses)]
    [InlineData(UpgradeBlock.LeavesOut)]
    [InlineData(UpgradeBlock.Breaks)]
    public async Task Client_BehindAProxyThatBlocksUpgrades_FallsBackLosesNothingAndIsCounted(UpgradeBlock block)
    {
        var blocked = 0;
        await using var proxy = await BlockingProxy.StartAsync(_host!.Address, block, () => Interlocked.Increment(ref blocked));
        await using var direct = await ConnectAsync(_host.Address, "ann");
        await using var behind = await ConnectAsync(proxy.Address, "bob");
        var channel = (await direct.Api.CreateChannelAsync(new CreateChannel { Name = "behind", Kind = ChannelKind.Private, MemberIds = [behind.UserId!.Value] })).Channel.Id;
        var views = new[] { direct, behind }.Select(client => client.Watch(FeedName.Messages(channel))).ToList();

        await Task.WhenAll(new[] { direct, behind }.Select(async client =>
        {
            for (var i = 0; i < 10; i++)
                Assert.Equal(SendState.Sent, (await client.Outbox.SendAsync(channel, $"text {i}")).State);
        }));

        var truth = (await direct.Api.HistoryAsync(channel)).Items.Select(message => (message.Seq, message.Id, message.Text));
        foreach (var view in views)
        {
            using var bound = new CancellationTokenSource(s_bound);
            await view.UntilAsync(v => v.Messages.Count == 20, bound.Token);
            Assert.Equal(truth, view.Messages.Select(message => (message.Seq, message.Id, message.Text)));
        }
        Assert.True(blocked > 0);
        Assert.Equal(("webSockets", "serverSentEvents"), (direct.Transport, behind.Transport));
        Assert.Equal(["serverSentEvents", "webSockets"], _opened.Order());
    }

    static async Task<ChatClient> ConnectAsync(Uri address, string username)
    {
        var client = new ChatClient(new ChatClientOptions { Address = address });
        await client.Api.RegisterAsync(new RegisterUser { Username = username, Password = Password });
        await client.SignInAsync(username, Password);
        client.Start();
        return client;
    }
}
