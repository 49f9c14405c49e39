using System.Diagnostics;
using ChatGenius.Client;
using ChatGenius.Contracts.Feeds;
using ChatGenius.FaultTests.LightClients;
using ChatGenius.Histories;
using ChatGenius.TestSupport.Waiting;
using Microsoft.AspNetCore.Http.Connections;

namespace ChatGenius.FaultTests.Crowds;

/// <summary>Clients of every kind that talk in one town, noting what they see. At rest the checker is asked what was wrong.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    /// <summary>What a link holds back, or an instance that stands still, comes late by as long as that lasts.</summary>
    static readonly CheckOptions s_check = new() { ExpiryGrace = new CheckOptions().ExpiryGrace + 5_000 };

    readonly HttpClient _http;
    readonly CancellationTokenSource _quiet = new();
    readonly CancellationTokenSource _steady = new();
    readonly List<Talker> _talkers = [];
    readonly List<LightClient> _light = [];
    readonly List<LightClient> _stalling = [];
    readonly List<Task> _busy = [];
    readonly TruthReader _truth;
    Bouncer _bouncer = null!;
    Town _town = null!;

    Crowd(Uri address)
    {
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(10) };
        _truth = new TruthReader(_http);
    }

    public HistoryLog Log { get; } = new();
    public RunClock Clock { get; } = new();

    /// <summary>How often clients renewed their tokens in place, and how often they were closed since they had not.</summary>
    public (int Renewed, int Expired) Tokens => (_light.Sum(client => client.Renewals), _light.Sum(client => client.Expiries));

    /// <summary>Registers users, builds the town, connects everyone and waits until all are at head.</summary>
    public static async Task<Crowd> GatherAsync(Uri address, CrowdSize size, int seed)
    {
        var crowd = new Crowd(address);
        var users = new List<Account>();
        foreach (var part in Enumerable.Range(0, size.Users).Chunk(4))
            users.AddRange(await Task.WhenAll(part.Select(_ => Account.RegisterAsync(crowd._http))));
        var chance = new Random(seed);
        var keeper = await crowd.SignInAsync(address, users[0], HttpTransportType.WebSockets, chance);
        crowd._town = await Town.BuildAsync(keeper, users);
        crowd._bouncer = new Bouncer(keeper, crowd._town, crowd.Log, crowd.Clock, new Random(chance.Next()));
        crowd.Join("talker-0 (WebSockets)", users[0], keeper, chance);
        foreach (var (transport, count) in ((HttpTransportType, int)[])[(HttpTransportType.WebSockets, size.WebSockets - 1), (HttpTransportType.ServerSentEvents, size.ServerSentEvents), (HttpTransportType.LongPolling, size.LongPolling)])
            for (var i = 0; i < count; i++)
            {
                var user = users[crowd._talkers.Count % users.Count];
                crowd.Join($"talker-{crowd._talkers.Count} ({transport})", user, await crowd.SignInAsync(address, user, transport, chance), chance);
            }
        foreach (var (kind, count) in ((string, int)[])[("watching", size.Watching), ("stalling", size.Stalling), ("flapping", size.Flapping)])
            for (var i = 0; i < count; i++)
                crowd.Join($"{kind}-{i}", users[crowd._light.Count % users.Count], kind, chance);
        await crowd.ConvergedAsync(TimeSpan.FromSeconds(60));
        crowd._busy.AddRange(crowd._talkers.Select(talker => talker.TalkAsync(size.Pace, crowd._quiet.Token)));
        crowd._busy.Add(crowd._bouncer.WorkAsync(TimeSpan.FromMilliseconds(400), crowd._quiet.Token));
        return crowd;
    }

    /// <summary>Has a fault begin, lasts it out, heals it, and waits until everyone is where the owners stood then.</summary>
    public async Task EndureAsync(Fault fault, TimeSpan bound)
    {
        Log.Add(new FaultBegan(Clock.Now, fault.Name));
        foreach (var client in _stalling)
            client.Stall();
        await fault.Begin();
        await Task.Delay(fault.Lasts);
        await fault.Heal();
        foreach (var client in _stalling)
            client.Unstall();
        Log.Add(new FaultHealed(Clock.Now, fault.Name));
        try
        {
            await ConvergedAsync(bound);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"After {fault.Name}: {late.Message}", late);
        }
    }

    /// <summary>Everybody falls silent; once all are at head, everything is compared.</summary>
    public async Task<IReadOnlyList<Violation>> CheckAsync(TimeSpan bound)
    {
        await _quiet.CancelAsync();
        await _steady.CancelAsync();
        await Task.WhenAll(_busy);
        foreach (var client in _light)
            client.Settle();
        await ConvergedAsync(bound);
        var truth = new List<FeedTruth>();
        foreach (var (feed, reader) in Readable())
            truth.Add(await _truth.ReadAsync(reader, feed));
        foreach (var talker in _talkers)
            foreach (var view in talker.Views.Where(view => view.Name.Kind == FeedKind.Messages))
                Log.Add(new ScreenShown(Clock.Now, talker.Name, view.Name.Id, Screen(talker, view)));
        // On its way no feed may have moved: what is held and what is there belong to one moment.
        return HistoryChecker.Check(await Rest.OfAsync(Log, bound), Truth.Of(truth), [.. Held()], s_check);
    }

    /// <summary>In which way each stands, for messages.</summary>
    public override string ToString() => $"{_talkers.Count} talkers, {_light.Count} light clients, {Log.Count} observations in {Clock.Now} ms; tokens: {Tokens}";

    public async ValueTask DisposeAsync()
    {
        await _quiet.CancelAsync();
        await _steady.CancelAsync();
        await Task.WhenAll(_light.Select(client => client.DisposeAsync().AsTask()));
        await Task.WhenAll(_talkers.Select(talker => talker.DisposeAsync().AsTask()));
        _http.Dispose();
    }

    async Task<ChatClient> SignInAsync(Uri address, Account user, HttpTransportType transport, Random chance)
    {
        var client = new ChatClient(new ChatClientOptions { Address = address, Transports = transport, MaxBackOff = TimeSpan.FromSeconds(1), CallTimeout = TimeSpan.FromSeconds(8), Chance = new Random(chance.Next()) });
        await client.SignInAsync(user.Username, Account.Password);
        return client;
    }

    void Join(string name, Account user, ChatClient client, Random chance) => _talkers.Add(new Talker(name, user, client, _town, Log, Clock, new Random(chance.Next())));

    void Join(string name, Account user, string kind, Random chance)
    {
        var client = new LightClient(new LightClientOptions
        {
            Name = name,
            Account = user,
            Address = _http.BaseAddress!,
            Feeds = _town.FeedsOf(user),
            Clock = Clock,
            Log = Log,
            ReadsLate = kind == "stalling",
            Forgetful = kind == "watching" && _light.Count % 4 == 0,
            Chance = new Random(chance.Next()),
        });
        _light.Add(client);
        client.Start();
        if (kind == "stalling")
            _stalling.Add(client);
        else if (kind == "flapping")
            _busy.Add(FlapAsync(client));
    }

    async Task FlapAsync(LightClient client)
    {
        await Task.Yield();
        while (!_steady.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), _steady.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            client.Cut();
        }
    }

    /// <summary>Waits until everyone stands where the owners stand now. Whoever reconnects every second is not waited for; the checker judges them at the end.</summary>
    async Task ConvergedAsync(TimeSpan within)
    {
        var clock = Stopwatch.StartNew();
        var heads = new Dictionary<string, Place>(StringComparer.Ordinal);
        foreach (var (reader, feeds) in Readable().GroupBy(readable => readable.Reader, readable => readable.Feed).Select(group => (group.Key, group)))
            foreach (var head in await Eventually.Get(() => _truth.HeadsAsync(reader, feeds), _ => true, within))
                heads[head.Feed] = new Place(head.Epoch, head.Revision);
        foreach (var (feed, head) in heads)
            Log.Add(new OwnerStood(Clock.Now, feed, head));
        while (Behind(heads) is { Count: > 0 } behind)
        {
            if (clock.Elapsed > within)
                throw new TimeoutException($"{behind.Count} are behind after {within}: {string.Join("; ", behind.Take(12))}");
            await Task.Delay(50);
        }
    }

    List<string> Behind(Dictionary<string, Place> heads)
    {
        var behind = new List<string>();
        foreach (var talker in _talkers)
            foreach (var view in talker.Views.Where(view => _bouncer.MayRead(talker.Account, view.Name)))
                if (heads.TryGetValue(view.Name.ToString(), out var head) && Place.Of(view.Position) < head)
                    behind.Add($"{talker.Name} ({talker.Client.State}, {view.Continuity}) at {Place.Of(view.Position)} of {head} in {view.Name}");
        foreach (var client in _light.Where(client => _steady.IsCancellationRequested || !client.Name.StartsWith("flapping", StringComparison.Ordinal)))
            foreach (var feed in client.Feeds.Where(feed => _bouncer.MayRead(client.Account, feed.Name)))
                if (heads.TryGetValue(feed.Name.ToString(), out var head) && Place.Of(feed.Position) < head)
                    behind.Add($"{client.Name} (live: {client.IsLive}, silent for {client.Silence}, denied: {feed.Denied}) at {Place.Of(feed.Position)} of {head} in {feed.Name}");
        return behind;
    }

    // Each feed that somebody watches, with one who may read it.
    List<(FeedName Feed, Account Reader)> Readable() =>
    [
        .. _talkers.SelectMany(talker => talker.Views.Select(view => (view.Name, talker.Account))).Concat(_light.SelectMany(client => client.Feeds.Select(feed => (feed.Name, client.Account))))
            .Where(readable => readable.Name.Id != _town.Door || readable.Account == _town.Keeper).DistinctBy(readable => readable.Name),
    ];

    IEnumerable<Held> Held() => _talkers
        .SelectMany(talker => talker.Views.Select(view => Histories.Held.Of(talker.Name, talker.Account.Id, view.Position, view.Floor, view.Items, _bouncer.MayRead(talker.Account, view.Name))))
        .Concat(_light.SelectMany(client => client.Feeds.Select(feed => feed.Held(client.Name, client.Account.Id, _bouncer.MayRead(client.Account, feed.Name)))));

    static List<(Guid, Guid)> Screen(Talker talker, FeedView view)
    {
        List<(Guid, Guid)> shown = [.. view.Items.Select(item => (item.GetProperty("authorId").GetGuid(), item.GetProperty("clientId").GetGuid()))];
        shown.AddRange(talker.Client.Outbox.Waiting.Where(waiting => waiting.ChannelId == view.Name.Id && waiting.Message is null).Select(waiting => (talker.Account.Id, waiting.Body.ClientId)));
        return shown;
    }
}
