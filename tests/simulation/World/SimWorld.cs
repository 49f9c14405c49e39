using ChatGenius.Client;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Feeds;
using ChatGenius.Feeds.Owning;
using ChatGenius.Histories;
using ChatGenius.Hosting.Feeds;
using ChatGenius.Hosting.Problems;
using ChatGenius.Messages.Posting;
using ChatGenius.Realtime.Connections;
using ChatGenius.Realtime.LiveFeeds;
using ChatGenius.SimulationTests.Kernel;
using ChatGenius.TestSupport.Stepping;

namespace ChatGenius.SimulationTests.World;

/// <summary>A whole deployment in one thread and in virtual time: owners, instances, bus, cache, databases and clients. What runs in it is the product's own code; only wires and stores are simulated.</summary>
internal sealed class SimWorld
{
    static readonly NoMeters s_meters = new();

    readonly Dictionary<FeedName, long> _sequence = [];
    readonly SimMessages?[] _messages;
    readonly SimRealtime?[] _realtime;
    SimChannels? _channels;
    int _sockets;
    int _nextMessage;
    int _schema = 1;

    public SimWorld(SimLoop loop, SimOptions options, Bug bug)
    {
        (Loop, Options, Bug) = (loop, options, bug);
        (Network, Bus, Cache) = (new SimNetwork(loop), new SimBus(loop), new SimCache(loop));
        (ChannelsDatabase, MessagesDatabase) = (new SimDatabase(loop, "channels"), new SimDatabase(loop, "messages"));
        Identity = new SimIdentity(new SimProcess(loop, "identity"), options.TokenLifetime);
        Channels = [.. Enumerable.Range(0, options.Channels).Select(i => Id(2, i))];
        _messages = new SimMessages?[options.MessagesInstances];
        _realtime = new SimRealtime?[options.RealtimeInstances];
    }

    public SimLoop Loop { get; }
    public SimOptions Options { get; }
    public Bug Bug { get; }
    public SimNetwork Network { get; }
    public SimBus Bus { get; }
    public SimCache Cache { get; }
    public SimDatabase ChannelsDatabase { get; }
    public SimDatabase MessagesDatabase { get; }
    public SimIdentity Identity { get; }
    public HistoryLog Log { get; } = new();
    public LiveFeedMeters FeedMeters { get; } = new(new FeedMeters(s_meters), s_meters);
    public ConnectionMeters ConnectionMeters { get; } = new(s_meters);
    public IReadOnlyList<Guid> Channels { get; }
    public List<SimClient> Clients { get; } = [];

    /// <summary>How often the messages were restored.</summary>
    public int Restores { get; private set; }

    /// <summary>After how many restores each message was stored last, by author and clientId.</summary>
    public Dictionary<(Guid, Guid), int> StoredAfter { get; } = [];

    /// <summary>Refusals for want of a membership that there was.</summary>
    public List<string> RefusedMembers { get; } = [];
    public long Ms => Loop.Ms;

    /// <summary>What the run says about itself, when somebody listens.</summary>
    public Action<string>? Trace { get; set; }

    /// <summary>An id that is the same in each run.</summary>
    public static Guid Id(int kind, int number) => new(number, (short)kind, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0);

    public string NextSocket() => (++_sockets).ToString(System.Globalization.CultureInfo.InvariantCulture);

    public Guid NextMessage() => Id(3, _nextMessage++);

    public long MsOf(DateTimeOffset time) => Ms + (long)(time - Loop.UtcNow).TotalMilliseconds;

    /// <summary>Makes the channels with everyone in them, starts every service, and signs everybody in.</summary>
    public void Start()
    {
        foreach (var database in new[] { ChannelsDatabase, MessagesDatabase })
            Seed(database);
        StartChannels();
        for (var i = 0; i < _messages.Length; i++)
            StartMessages(i);
        for (var i = 0; i < _realtime.Length; i++)
            StartRealtime(i);
        for (var i = 0; i < Options.Clients; i++)
            Clients.Add(new SimClient(this, new SimProcess(Loop, $"client-{i}"), i));
    }

    /// <summary>Starts an instance, unless it runs.</summary>
    public void StartChannels()
    {
        if (_channels?.Process.IsAlive != true)
            _channels = new SimChannels(ChannelsDatabase, NewProcess("channels"), Bus, Bug);
    }

    /// <inheritdoc cref="StartChannels"/>
    public void StartMessages(int index)
    {
        if (_messages[index]?.Process.IsAlive == true)
            return;
        var process = NewProcess($"messages-{index}");
        _messages[index] = new SimMessages(MessagesDatabase, process, Bus, () => OwnerSeenBy(process, "channels"), _schema, Options.Tick, _sequence, Bug);
    }

    /// <inheritdoc cref="StartChannels"/>
    public void StartRealtime(int index)
    {
        if (_realtime[index]?.By.IsAlive != true)
            _realtime[index] = new SimRealtime(NewProcess($"realtime-{index}"), this);
    }

    /// <summary>From now on instances of messages start with the next schema of what they follow.</summary>
    public void RaiseSchema() => _schema++;

    /// <summary>Kills an instance.</summary>
    public void Kill(string name)
    {
        Trace?.Invoke($"{name} is killed");
        Find(name)?.Kill();
    }

    /// <summary>Stops an instance of realtime in order: no connection is taken any more, its clients are told to come back, and then it ends.</summary>
    public void Drain(string name, Action ended)
    {
        if (Array.Find(_realtime, r => r is { By.IsAlive: true, IsDraining: false } && r.By.Name == name) is not { } instance)
            return;
        Trace?.Invoke($"{name} is drained");
        instance.By.Do(async () =>
        {
            await instance.DrainAsync();
            instance.By.Kill();
            ended();
        });
    }

    /// <summary>Starts an instance by its name, unless it runs.</summary>
    public void StartByName(string name)
    {
        if (name == "channels")
            StartChannels();
        else if (name.StartsWith("messages-", StringComparison.Ordinal))
            StartMessages(name[^1] - '0');
        else
            StartRealtime(name[^1] - '0');
    }

    /// <summary>The names of all instances of services.</summary>
    public IEnumerable<string> Instances =>
        [.. Enumerable.Range(0, _messages.Length).Select(i => $"messages-{i}"), .. Enumerable.Range(0, _realtime.Length).Select(i => $"realtime-{i}"), "channels"];

    /// <summary>An owner as a process sees it.</summary>
    public IFeedOwner OwnerSeenBy(SimProcess process, string owner) => new RemoteOwner(this, process, () => owner == "channels" ? _channels : Living(_messages, m => m.Process));

    /// <summary>An instance to connect to, as the gateway picks one: any that lives and that the client reaches, if there is one.</summary>
    public SimRealtime? PickRealtime(SimProcess client) => Living(_realtime, r => r.By, r => !r.IsDraining && !Network.IsCut(client, r.By)) ?? Living(_realtime, r => r.By, r => !r.IsDraining);

    /// <summary>A call at an instance of messages.</summary>
    public Task<T> AtMessagesAsync<T>(SimProcess client, Func<SimMessages, Task<T>> body, CancellationToken cancellation)
    {
        var at = Living(_messages, m => m.Process);
        return RefusedAsync(Network.CallAsync(client, () => at?.Process, () => body(at!), cancellation));
    }

    /// <summary>A call at the channels service.</summary>
    public Task<T> AtChannelsAsync<T>(SimProcess client, Func<SimChannels, Task<T>> body, CancellationToken cancellation)
    {
        var at = _channels;
        return RefusedAsync(Network.CallAsync(client, () => at?.Process, () => body(at!), cancellation));
    }

    /// <summary>Brings a database back from a copy: its service starts anew and, as the database is not the one that it knew, in a later epoch.</summary>
    public void Restore(SimDatabase database, Dictionary<Type, Dictionary<object, object>> backup)
    {
        foreach (var instance in Instances.Where(i => i.StartsWith(database.Name, StringComparison.Ordinal)).ToList())
            Kill(instance);
        database.Restore(backup);
        var table = database.Table(typeof(OwnerRow));
        var late = Options.ClocksApart > TimeSpan.Zero ? Options.ClocksApart * Loop.Chance.NextDouble() : TimeSpan.Zero;
        var epoch = OwnerRule.NextEpoch(((OwnerRow)table[0]).Epoch, Loop.UtcNow - late, Loop.Chance, Bug);
        table[0] = new OwnerRow(epoch);
        Log.Add(new HistoryRestored(Ms, database.Name, epoch));
        if (database == MessagesDatabase)
            Restores++;
        Trace?.Invoke($"{database.Name} is restored into epoch {epoch}");
        foreach (var instance in Instances.Where(i => i.StartsWith(database.Name, StringComparison.Ordinal)).ToList())
            StartByName(instance);
    }

    /// <summary>What the owners hold.</summary>
    public Truth Truth() => Histories.Truth.Of(
        Channels.SelectMany(c => new[] { FeedName.Messages(c), FeedName.Members(c) }).Concat(Clients.Select(c => FeedName.UserChannels(c.User))).Select(feed =>
        {
            var database = feed.Kind == FeedKind.Messages ? MessagesDatabase : ChannelsDatabase;
            var items = feed.Kind == FeedKind.Messages ? SimMessages.ItemsOf(database, feed) : SimChannels.ItemsOf(database, feed);
            return FeedTruth.Of(feed.ToString(), database.Row<OwnerRow>(0)!.Epoch, database.Row<FeedHeadRow>(feed)?.Head ?? 0, items.Select(i => i.Item()));
        }));

    /// <summary>What the clients hold.</summary>
    public IReadOnlyList<Held> Held() => [.. from client in Clients
                                             where client.By.IsAlive
                                             from view in client.Views
                                             select Histories.Held.Of(client.Name, client.User, view.Position, view.Floor, view.Items, MayRead(client.User, view.Name))];

    /// <summary>Where the messages service's copy of the members feeds is not what their owner holds: services follow as clients do.</summary>
    public IEnumerable<string> CopiesThatDiffer()
    {
        foreach (var feed in Channels.Select(FeedName.Members))
        {
            var head = new Place(ChannelsDatabase.Row<OwnerRow>(0)!.Epoch, ChannelsDatabase.Row<FeedHeadRow>(feed)!.Head);
            var stands = MessagesDatabase.Row<FollowedRow>(feed)?.Stands ?? default;
            if (new Place(stands.Epoch, stands.Revision) != head || stands.Schema != _schema)
                yield return $"[2] The copy of {feed} stands at {stands} and the head is {head}.";
            var owned = ChannelsDatabase.Rows<MembershipRow>().Where(m => m.ChannelId == feed.Id).Select(m => (m.UserId, m.Left, _schema > 1)).ToHashSet();
            if (!owned.SetEquals(MessagesDatabase.Rows<MemberCopyRow>().Where(m => m.ChannelId == feed.Id).Select(m => (m.UserId, m.Gone, m.Field is not null))))
                yield return $"[6] The copy of {feed} at {stands} is not what its owner holds.";
        }
    }

    /// <summary>What the owner holds about one membership, and in which epoch.</summary>
    public (bool IsMember, long Revision, long Epoch) MembershipOf(Guid channel, Guid user) =>
        ChannelsDatabase.Row<MembershipRow>((channel, user)) is { } row ? (!row.Left, row.Revision, ChannelsDatabase.Row<OwnerRow>(0)!.Epoch) : default;

    bool MayRead(Guid user, FeedName feed) => feed.Kind == FeedKind.UserChannels || ChannelsDatabase.Row<MembershipRow>((feed.Id, user)) is { Left: false };

    void Seed(SimDatabase database)
    {
        database.Table(typeof(OwnerRow))[0] = new OwnerRow(1);
        if (database != ChannelsDatabase)
        {
            SeedMessages();
            return;
        }
        foreach (var channel in Channels)
        {
            var members = FeedName.Members(channel);
            database.Table(typeof(ChannelRow))[channel] = new ChannelRow(channel, 1);
            for (var i = 0; i < Options.Clients; i++)
            {
                var mine = FeedName.UserChannels(Id(1, i));
                var head = database.Row<FeedHeadRow>(mine)?.Head ?? 0;
                database.Table(typeof(MembershipRow))[(channel, Id(1, i))] = new MembershipRow(channel, Id(1, i), false, i + 2, head + 1);
                database.Table(typeof(FeedHeadRow))[mine] = new FeedHeadRow(mine, head + 1, 0);
            }
            database.Table(typeof(FeedHeadRow))[members] = new FeedHeadRow(members, Options.Clients + 1, 0);
        }
    }

    void SeedMessages()
    {
        foreach (var channel in Channels)
        {
            for (var seq = 1; seq <= Options.Messages; seq++)
            {
                var (author, clientId) = (Id(1, seq % Options.Clients), Id(4, (100 * channel.ToByteArray()[0]) + seq));
                var row = new MessageRow
                {
                    Id = NextMessage(),
                    ChannelId = channel,
                    Seq = seq,
                    Revision = seq,
                    AuthorId = author,
                    ClientId = clientId,
                    BodyHash = [],
                    Text = $"before {seq}",
                    Mentions = "[]",
                    Reactions = "[]",
                    CreatedAt = seq,
                };
                MessagesDatabase.Table(typeof(MessageRow))[row.Id] = row;
            }
            if (Options.Messages > 0)
                MessagesDatabase.Table(typeof(FeedHeadRow))[FeedName.Messages(channel)] = new FeedHeadRow(FeedName.Messages(channel), Options.Messages, Options.Messages);
        }
    }

    SimProcess? Find(string name) =>
        name == "channels" ? _channels?.Process
        : name.StartsWith("messages-", StringComparison.Ordinal) ? _messages[name[^1] - '0']?.Process
        : name.StartsWith("realtime-", StringComparison.Ordinal) ? _realtime[name[^1] - '0']?.By
        : Clients.Find(c => c.Name == name)?.By;

    // An instance that comes back is another process under the same name.
    SimProcess NewProcess(string name)
    {
        Trace?.Invoke($"{name} starts");
        return new SimProcess(Loop, name);
    }

    T? Living<T>(T?[] instances, Func<T, SimProcess> process, Func<T, bool>? which = null) where T : class
    {
        var living = instances.Where(i => i is not null && process(i).IsAlive && which?.Invoke(i) != false).ToList();
        return living.Count == 0 ? null : living[Loop.Chance.Next(living.Count)];
    }

    static async Task<T> RefusedAsync<T>(Task<T> call)
    {
        try
        {
            return await call;
        }
        catch (ProblemException problem)
        {
            throw new ChatApiException((System.Net.HttpStatusCode)problem.Error.Status, problem.Error.Code, problem.Message, null);
        }
        catch (Exception failure) when (failure is SimDatabaseException or OperationCanceledException)
        {
            throw new HttpRequestException(failure.Message);
        }
    }
}
