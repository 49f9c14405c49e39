using System.Text.Json;
using ChatGenius.Contracts.Channels;
using ChatGenius.Contracts.Edge;
using ChatGenius.Contracts.Errors;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Messages;
using ChatGenius.Feeds;
using ChatGenius.Feeds.Following;
using ChatGenius.Feeds.Owning;
using ChatGenius.Hosting.Problems;
using ChatGenius.Messages.Membership;
using ChatGenius.Messages.Posting;
using ChatGenius.Messages.Writing;

namespace ChatGenius.SimulationTests.World;

/// <summary>Where the messages service stands in a feed that it follows.</summary>
internal sealed record FollowedRow(FeedName Feed, Followed Stands);

/// <summary>The messages service's copy of a membership.</summary>
/// <param name="Field">What schema 2 keeps and schema 1 does not.</param>
internal sealed record MemberCopyRow(Guid ChannelId, Guid UserId, bool Gone, string? Field);

/// <summary>The messages service's copy of a channel.</summary>
internal sealed record ChannelCopyRow(Guid Id);

/// <summary>By which a message is known again.</summary>
internal sealed record SentRow(Guid Message);

/// <summary>An instance of the messages service.</summary>
internal sealed class SimMessages : SimOwner, IFollowerNotes
{
    readonly FeedWrites<SimTransaction> _writes;
    readonly DeltaOutlet _outlet;
    readonly Dictionary<(Guid, Guid), MessageRow> _remembered = [];
    readonly Bug _bug;

    public SimMessages(SimDatabase database, SimProcess by, SimBus bus, Func<IFeedOwner> channels, int schema, TimeSpan tick, Dictionary<FeedName, long> sequence, Bug bug) : base(database, by, bug)
    {
        _bug = bug;
        _outlet = new DeltaOutlet((deltas, _) => bus.PublishAsync(by, "messages", deltas), (_, _) => { }, by.Time, inFlight: 1, bug);
        _writes = new FeedWrites<SimTransaction>(new SimFeedDatabase(database, by), _outlet.Publish, bug, feed => sequence[feed] = sequence.GetValueOrDefault(feed) + 1);
        Follower = new Follower([FeedKind.Members], new SimFollowerStore(database, by, schema), channels, this, by.Time, schema, bug);
        Members = new Members(Follower);
        Commits = new GroupCommit(Members, CommitAsync, failure => failure is SimDatabaseException, (_, _) => { }, by.Time, bug);
        by.Do(() => _outlet.RunAsync(CancellationToken.None));
        by.Do(() => Follower.RunAsync(tick, CancellationToken.None));
        by.Do(Commits.WriteAsync);
        bus.Subscribe(by, "channels", "messages-follows-channels", deltas => Follower.OfferAsync(deltas, CancellationToken.None));
    }

    public Follower Follower { get; }
    public Members Members { get; }
    public GroupCommit Commits { get; }

    /// <summary>A page of history, as the service reads it: the members position first, then the head, then the rows.</summary>
    public async Task<MessagePage> PageAsync(Guid channel, Guid caller, long? before, int limit)
    {
        for (var verified = false; ; verified = true)
        {
            await Database.ReadAsync(By, () => true);
            var standing = StandingOf(channel, caller, FenceOf(channel), t => Database.Rows<MemberCopyRow>().FirstOrDefault(t));
            if (standing.IsMember)
            {
                var (epoch, head) = (Database.Row<OwnerRow>(0)!.Epoch, Database.Row<FeedHeadRow>(FeedName.Messages(channel))?.Head ?? 0);
                var rows = Database.Rows<MessageRow>().Where(m => m.ChannelId == channel && (before is null || m.Seq < before)).OrderByDescending(m => m.Seq).Take(limit).Reverse().ToList();
                return new MessagePage
                {
                    Items = [.. rows.Select(r => r.ToContract())],
                    Mine = new Dictionary<Guid, IReadOnlyList<string>>(),
                    Feed = new Position { Feed = FeedName.Messages(channel).ToString(), Epoch = epoch, Revision = head },
                    Fence = standing.Fence,
                };
            }
            if (verified)
                throw standing.Refusal();
            await Members.VerifyAsync(channel, CancellationToken.None);
        }
    }

    public override IEnumerable<(long Revision, Func<JsonElement> Item)> Items(FeedName feed) => ItemsOf(Database, feed);

    /// <summary>All entities of a feed.</summary>
    public static IEnumerable<(long Revision, Func<JsonElement> Item)> ItemsOf(SimDatabase database, FeedName feed) =>
        database.Rows<MessageRow>().Where(m => m.ChannelId == feed.Id).Select(m => (m.Revision, (Func<JsonElement>)(() => SimItems.Of(m, m.ToItem))));

    protected override FeedWindow? Window(FeedName feed, long? after, long head)
    {
        // Far behind is nearer here than in production, so that it happens.
        const int CatchUp = 12, Latest = 8;
        if (after is { } position && head - position <= CatchUp)
            return null;
        var latest = Database.Rows<MessageRow>().Where(m => m.ChannelId == feed.Id && m.Revision <= head).OrderByDescending(m => m.Seq).Take(Latest).ToList();
        return new FeedWindow([.. latest.OrderBy(m => m.Revision).Select(m => SimItems.Of(m, m.ToItem))], latest.Count == 0 ? 1 : latest[^1].Seq);
    }

    protected override Fence? MembersPosition(FeedName feed) => FenceOf(feed.Id);

    void IFollowerNotes.OwnerAway(Exception failure)
    {
    }

    void IFollowerNotes.Repaired(int feeds)
    {
    }

    void IFollowerNotes.Gap()
    {
    }

    void IFollowerNotes.Compared(long behind)
    {
    }

    void IFollowerNotes.NotCompared()
    {
    }

    Task CommitAsync(IReadOnlyList<WriteCommand> commands) => _writes.WriteAsync(commands.SelectMany(c => c.Feeds), async (transaction, feeds) =>
    {
        await transaction.StatementAsync();
        var fences = commands.Select(c => c.ChannelId).Distinct().ToDictionary(c => c, FenceOf);
        await transaction.StatementAsync();
        var standings = commands.Select(c => (c.ChannelId, c.Caller)).Distinct()
            .ToDictionary(k => k, k => StandingOf(k.ChannelId, k.Caller, fences[k.ChannelId], t => Database.Rows<MemberCopyRow>().FirstOrDefault(t)));
        await transaction.StatementAsync();
        var posts = commands.OfType<PostCommand>().ToList();
        var known = _bug == Bug.SendsRememberedInMemory ? _remembered : posts.Select(p => transaction.Row<SentRow>((p.Caller, p.ClientId))).Where(s => s is not null).DistinctBy(s => s!.Message)
            .Select(s => transaction.Row<MessageRow>(s!.Message)!).ToDictionary(m => (m.AuthorId, m.ClientId));
        foreach (var post in Posts.Admitted(posts, known, p => standings[(p.ChannelId, p.Caller)], _bug))
            if (known.TryGetValue((post.Caller, post.ClientId), out var twin))
                post.Replay(twin);
            else
            {
                var row = Posts.Placed(post, feeds, By.Loop.UtcNow.Ticks);
                known[(post.Caller, post.ClientId)] = row;
                transaction.Put(row.Id, row);
                if (_bug != Bug.SendsRememberedInMemory)
                    transaction.Put((post.Caller, post.ClientId), new SentRow(row.Id));
                post.Stored(row);
            }
        foreach (var change in commands.OfType<SimChange>())
            if (change.Admit(standings[(change.ChannelId, change.Caller)], _bug))
                change.Apply(transaction, feeds);
        foreach (var command in commands)
            feeds.Fenced(command.Feed, standings[(command.ChannelId, command.Caller)].Fence);
        return true;
    }, CancellationToken.None);

    Fence FenceOf(Guid channel) => Database.Row<FollowedRow>(FeedName.Members(channel)) is { } row ? new Fence { Epoch = row.Stands.Epoch, Revision = row.Stands.Revision } : new Fence();

    static Standing StandingOf(Guid channel, Guid user, Fence fence, Func<Func<MemberCopyRow, bool>, MemberCopyRow?> find) =>
        new(ChannelKind.Private, false, find(m => m.ChannelId == channel && m.UserId == user) is { Gone: false } ? MemberRole.Member : null, fence);
}

/// <summary>The messages service's copy of the members feeds, in its own database.</summary>
internal sealed class SimFollowerStore(SimDatabase database, SimProcess by, int schema) : IFollowerStore
{
    public Task<IReadOnlyDictionary<string, Followed>> StandsAsync(IReadOnlyCollection<string> feeds, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyDictionary<string, Followed>>(by, () => database.Rows<FollowedRow>().Where(f => feeds.Contains(f.Feed.ToString())).ToDictionary(f => f.Feed.ToString(), f => f.Stands));

    public Task<IReadOnlyList<FollowedSum>> SumsAsync(FeedKind kind, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<FollowedSum>>(by, () =>
        [.. database.Rows<FollowedRow>().Where(f => f.Feed.Kind == kind).GroupBy(f => (Shard: FeedShard.Of(f.Feed.ToString()), f.Stands.Epoch, f.Stands.Schema))
            .Select(g => new FollowedSum(g.Key.Shard, g.Key.Epoch, g.Key.Schema, g.Sum(f => f.Stands.Revision)))]);

    public Task<IReadOnlyDictionary<string, Followed>> ShardAsync(FeedKind kind, int shard, CancellationToken cancellation) => database.ReadAsync<IReadOnlyDictionary<string, Followed>>(by, () =>
        database.Rows<FollowedRow>().Where(f => f.Feed.Kind == kind && FeedShard.Of(f.Feed.ToString()) == shard).ToDictionary(f => f.Feed.ToString(), f => f.Stands));

    public Task<T> WriteAsync<T>(FeedName feed, Func<IFollowedFeed, Task<T>> body, CancellationToken cancellation) => database.WriteAsync(by, async transaction =>
    {
        await transaction.LockAsync(("followed", feed));
        return await body(new Copy(transaction, feed, schema));
    });

    sealed class Copy(SimTransaction transaction, FeedName feed, int schema) : IFollowedFeed
    {
        public Followed Stands => transaction.Row<FollowedRow>(feed)?.Stands ?? default;

        public async Task ClearAsync(CancellationToken cancellation)
        {
            await transaction.StatementAsync();
            foreach (var copy in transaction.Rows<MemberCopyRow>().Where(m => m.ChannelId == feed.Id).ToList())
                transaction.Remove<MemberCopyRow>((copy.ChannelId, copy.UserId));
        }

        public async Task ApplyAsync(IReadOnlyList<JsonElement> items, CancellationToken cancellation)
        {
            await transaction.StatementAsync();
            foreach (var item in items.Where(i => i.GetProperty("type").GetString() == "member"))
            {
                var user = item.GetProperty("userId").GetGuid();
                transaction.Put((feed.Id, user), new MemberCopyRow(feed.Id, user, item.GetProperty("left").GetBoolean(), schema >= 2 ? item.GetProperty("role").GetString() : null));
            }
        }

        public async Task StandAsync(Followed position, CancellationToken cancellation)
        {
            await transaction.StatementAsync();
            transaction.Put(feed, new FollowedRow(feed, position));
        }
    }
}
