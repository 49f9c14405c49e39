using ChatGenius.Client;
using ChatGenius.Contracts.Channels;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Messages;
using ChatGenius.Contracts.Realtime;
using ChatGenius.FaultTests.Crowds;
using ChatGenius.FaultTests.LightClients;
using ChatGenius.FaultTests.Stalls;
using ChatGenius.Histories;
using ChatGenius.TestSupport.Deployments;
using ChatGenius.TestSupport.Waiting;
using Xunit;
using Xunit.Abstractions;

namespace ChatGenius.FaultTests;

/// <summary>
/// What one reader who stops reading does to 199 others: with SignalR's stock managers, which await every member of a group, and with ours. Both are measured against themselves without the stall,
/// since how fast the machine is does not matter.
/// </summary>
[Collection(ProxiedDeployment.Name)]
public sealed class StallTests(ProxiedDeployment fixture, ITestOutputHelper output)
{
    const int Readers = 199;

    /// <summary>By how much a stall may at most stretch the 99th percentile of the others' latency with ours, and at least does with the stock managers.</summary>
    const double OursAtMost = 5, StockAtLeast = 5;

    /// <summary>Below this a latency is noise, in milliseconds.</summary>
    const long Noise = 50;

    static readonly TimeSpan s_window = TimeSpan.FromSeconds(2);

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(25);

    /// <summary>Longer than the 10 s after which SignalR's transport would give up by itself, so that it is seen to wait for ours.</summary>
    static readonly TimeSpan s_stallLimit = TimeSpan.FromSeconds(12);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StockManager_OneReaderStalls_TheOthersWaitWithIt(bool overRedis)
    {
        await using var server = await StockServer.StartAsync(overRedis ? fixture.Deployment.Servers.Redis.ConnectionString : null);
        var (clock, listening) = (new RunClock(), (Latencies?)null);
        var readers = await Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => server.ReadAsync(text => Volatile.Read(ref listening)?.Had(text))));
        await WholeAsync(await PulseAsync());
        var calm = await WholeAsync(await PulseAsync());
        await using var stalled = await server.StallAsync();
        // Fills the buffers meanwhile; the sender need not get that far.
        _ = FillAsync();
        var during = await PulseAsync();
        // What does not come grows older; where the manager does not wait for the stalled one, it comes.
        await Task.WhenAny(WholeAsync(during), Eventually.True(() => during.P99() >= StockAtLeast * calm, s_patience));
        var stretched = during.P99();
        foreach (var reader in readers)
            await reader.DisposeAsync();

        output.WriteLine($"p99 {calm} ms, with one stalled {stretched} ms");
        Assert.True(stretched >= StockAtLeast * calm, $"p99 was {calm} ms and is {stretched} ms with one stalled: the stock manager does not wait for it any more.");

        Task<Latencies> PulseAsync() => Pulse.SendAsync(clock, Readers, s_window, sideBySide: false, latencies => listening = latencies, server.SayAsync);

        async Task FillAsync()
        {
            for (var i = 0; i < 100; i++)
                await server.SayAsync(new string('-', 2000));
        }
    }

    [Fact]
    public async Task Ours_OneReaderStalls_TheOthersDoNotNoticeAndItLosesNothing()
    {
        await using var host = new HostDeployment(new DeploymentOptions
        {
            LogName = "stalled",
            Environment = new Dictionary<string, string?>
            {
                ["ChatGenius__Rates__CommandsPerSecond"] = "0", ["ChatGenius__Realtime__ConnectionsPerUser"] = "1000", ["ChatGenius__Realtime__StallLimit"] = s_stallLimit.ToString("c"),
            },
        });
        await host.StartAsync();
        using var http = new HttpClient { BaseAddress = host.BaseAddress };
        var account = await Account.RegisterAsync(http);
        await using var poster = new ChatClient(new ChatClientOptions { Address = host.BaseAddress });
        await poster.SignInAsync(account.Username, Account.Password);
        var (room, flood) = (await MakeAsync(poster), await MakeAsync(poster));
        var (clock, listening) = (new RunClock(), (Latencies?)null);
        var readers = Enumerable.Range(0, Readers).Select(i => Join($"reader-{i}", [room], keep: false, delta =>
        {
            foreach (var item in delta.Items)
                Volatile.Read(ref listening)?.Had(item.GetProperty("text").GetString());
        })).ToList();
        // One reads on while its connection still stands, the other comes back after it was closed.
        var (overflowing, cutOff) = (Join("overflowing", [room, flood], keep: true), Join("cut off", [room, flood], keep: true));
        List<LightClient> all = [.. readers, overflowing, cutOff];
        await Eventually.True(() => all.TrueForAll(client => client.IsLive), TimeSpan.FromSeconds(60));
        await PulseAsync();
        var calm = await PulseAsync();

        overflowing.Stall();
        cutOff.Stall();
        const int Flood = 600, Length = 15_000;
        for (var i = 0; i < Flood; i += 50)
            await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => poster.Api.PostAsync(flood, new PostMessage { ClientId = Guid.CreateVersion7(), Text = new string('~', Length) })));
        var during = await PulseAsync();
        overflowing.Unstall();
        await AtHeadAsync(overflowing);
        output.WriteLine($"p99 {calm} ms, with two stalled {during} ms; {overflowing.BytesOfStall / 1024} KB came before the word of the overflow, of {(long)Flood * Length / 1024} KB");
        Assert.True(during <= OursAtMost * Math.Max(calm, Noise), $"p99 was {calm} ms and is {during} ms with two stalled.");
        Assert.Equal((1, 1), (overflowing.Overflows, overflowing.Connections));
        Assert.InRange(overflowing.BytesOfStall, 1, (long)Flood * Length * 2 / 3);

        // The one who is cut off does not read that it is, nor the code; the server's own word is the witness.
        await Eventually.True(() => host.Of(Service.Host).Log().Contains($"to Closed: closed (code {CloseCode.Stalled})", StringComparison.Ordinal), s_stallLimit + s_patience, "the stalled connection is closed");
        cutOff.Unstall();
        await AtHeadAsync(cutOff);
        Assert.Equal(2, cutOff.Connections);
        foreach (var client in all)
            await client.DisposeAsync();

        async Task<long> PulseAsync() => await WholeAsync(await Pulse.SendAsync(clock, Readers, s_window, sideBySide: true, latencies => listening = latencies,
            text => poster.Api.PostAsync(room, new PostMessage { ClientId = Guid.CreateVersion7(), Text = text })));

        LightClient Join(string name, IReadOnlyList<Guid> channels, bool keep, Action<Delta>? applied = null)
        {
            var client = new LightClient(new LightClientOptions
            {
                Name = name, Account = account, Address = host.BaseAddress, Clock = clock, Feeds = [.. channels.Select(FeedName.Messages)], Keep = keep, Applied = applied, ReceiveBuffer = keep ? 4096 : 0,
            });
            client.Start();
            return client;
        }

        async Task AtHeadAsync(LightClient client)
        {
            var truth = new List<FeedTruth>();
            foreach (var channel in (Guid[])[room, flood])
                truth.Add(await new TruthReader(http).ReadAsync(account, FeedName.Messages(channel)));
            await Eventually.True(() => truth.TrueForAll(feed => Place.Of(client.Of(FeedName.Parse(feed.Feed)).Position) == feed.Place), TimeSpan.FromSeconds(20), $"{client.Name} is at head");
            Assert.Empty(HistoryChecker.Check([], Truth.Of(truth), [.. client.Feeds.Select(feed => feed.Held(client.Name, account.Id, mayRead: true))]));
        }
    }

    // The 99th percentile once every reader has everything.
    static async Task<long> WholeAsync(Latencies latencies)
    {
        await Eventually.True(() => latencies.IsComplete, s_patience);
        return latencies.P99();
    }

    static async Task<Guid> MakeAsync(ChatClient client) =>
        (await client.Api.CreateChannelAsync(new CreateChannel { Name = "c" + Guid.CreateVersion7().ToString("N"), Kind = ChannelKind.Private })).Channel.Id;
}
