using System.Globalization;
using System.Net.Sockets;
using ChatGenius.Contracts.Channels;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Messages;
using ChatGenius.FaultTests.Crowds;
using ChatGenius.FaultTests.LightClients;
using ChatGenius.TestSupport.Deployments;
using ChatGenius.TestSupport.Network;
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

        using var reads = new OwnerReadCount(fixture.Deployment, clock);
        var link = fixture.Deployment.Hops.Between(Hops.Clients, Service.Gateway);
        var cut = clock.Now;
        link.Reset();
        var last = await Insistence.UntilAnsweredAsync(() => PostAsync("while they are away"));
        await Eventually.True(() => clients.TrueForAll(client => client.IsLive && client.Of(FeedName.Messages(channel)).Position.Revision >= last.Revision), TimeSpan.FromSeconds(60), "all are back and at head");
        output.WriteLine($"{clients.Count} connected in {connected} ms, all back after {clock.Now - cut} ms");
        // One feed of messages and the members feed that fences it; and each instance compares all its feeds with each owner 4 s after it has had the last answers: every 5 s or more seldom here.
        var ticks = 2 + (clock.Now - cut) / 5000;
        foreach (var (hop, read) in reads.ByLink)
        {
            output.WriteLine($"{hop}: {string.Join(", ", read.Select(one => $"{one.At - cut}{(one.Own ? "" : " (for clients)")}"))} ms after the cut");
            Assert.InRange(read.Count, 0, 1 + ticks);
        }
        Assert.All(clients, client => Assert.True(client.Connections >= 2, $"{client.Name} was not cut off."));
        await Task.WhenAll(clients.Select(client => client.DisposeAsync().AsTask()));

        Task<Message> PostAsync(string text) => poster.Api.PostAsync(channel, new PostMessage { ClientId = Guid.CreateVersion7(), Text = text });
    }

    /// <summary>Whoever is not kept waiting by the system asks again a second later, then two, then four: the gateway would have given its service up by then.</summary>
    [Theory]
    [InlineData(Service.Gateway)]
    [InlineData(Service.Realtime)]
    public async Task AllWhoComeWhileAProcessStandsStill_AreKeptWaiting_AndServed(string service)
    {
        var process = fixture.Deployment.Of(service);
        var callers = Enumerable.Range(0, Math.Min(2000, MayWait())).Select(_ => new TcpClient()).ToList();
        try
        {
            process.Freeze();
            try
            {
                await Task.WhenAll(callers.Select(caller => caller.ConnectAsync("127.0.0.1", process.BaseAddress.Port))).WaitAsync(TimeSpan.FromSeconds(30));
            }
            finally
            {
                process.Thaw();
            }
            var answers = await Task.WhenAll(callers.Select(AskAsync)).WaitAsync(TimeSpan.FromSeconds(60));
            Assert.All(answers, answer => Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal));
        }
        finally
        {
            callers.ForEach(caller => caller.Dispose());
        }

        async Task<string?> AskAsync(TcpClient caller)
        {
            await caller.GetStream().WriteAsync("GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"u8.ToArray());
            return await new StreamReader(caller.GetStream()).ReadLineAsync();
        }

        // As many as the system keeps at most; elsewhere, as Kestrel does by itself.
        static int MayWait() => OperatingSystem.IsLinux() ? int.Parse(File.ReadAllText("/proc/sys/net/core/somaxconn"), CultureInfo.InvariantCulture) : 512;
    }

    /// <param name="At">When it was, in ms of the run.</param>
    /// <param name="Own">True when the instance asked from where it stands itself, not from where clients do.</param>
    sealed record OwnerRead(long At, bool Own);

    /// <summary>Counts the calls by which realtime instances read owners, on the wire.</summary>
    sealed class OwnerReadCount : IDisposable
    {
        readonly List<FaultProxy> _links;
        readonly Dictionary<string, IReadOnlyList<OwnerRead>> _reads = [];

        public OwnerReadCount(DistributedDeployment deployment, RunClock clock)
        {
            _links = [.. deployment.Hops.All.Where(hop => hop.From.StartsWith(Service.Realtime, StringComparison.Ordinal) && (hop.To.StartsWith(Service.Messages, StringComparison.Ordinal) || hop.To == Service.Channels))];
            foreach (var link in _links)
                link.Seen = (direction, bytes) =>
                {
                    if (direction != Direction.ToServer || bytes.Span.IndexOf("/feeds/pull"u8) < 0)
                        return;
                    var owner = $"{link.From} > {link.To.Split('-')[0]}";
                    lock (_reads)
                        _reads[owner] = [.. _reads.GetValueOrDefault(owner, []), new OwnerRead(clock.Now, Own: bytes.Span.IndexOf("\"follower\":true"u8) >= 0)];
                };
        }

        /// <summary>Each, by instance and owner service.</summary>
        public IReadOnlyDictionary<string, IReadOnlyList<OwnerRead>> ByLink
        {
            get
            {
                lock (_reads)
                    return new Dictionary<string, IReadOnlyList<OwnerRead>>(_reads);
            }
        }

        public void Dispose()
        {
            foreach (var link in _links)
                link.Seen = null;
        }
    }
}
