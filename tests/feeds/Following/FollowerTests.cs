using System.Text.Json;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Internal;
using ChatGenius.Feeds;
using ChatGenius.Feeds.Following;
using Xunit;

namespace ChatGenius.FeedsTests.Following;

public sealed class FollowerTests
{
    static readonly FeedName s_feed = FeedName.Members(Guid.Parse("00000000-0002-7000-8000-000000000000"));

    readonly OneCopy _store = new();
    readonly Owner _owner = new();

    [Fact]
    public async Task NewerSchema_WhoseAnswerIsOlderThanWhatTheLastVersionWroteMeanwhile_NeverTakesTheCopyBack()
    {
        _store.Stands = new Followed(1, 4, Schema: 1);
        _owner.Head = (1, 4);
        // The other instance, still of the last version, takes a removal while the answer is on its way.
        _owner.Answered = () =>
        {
            _store.Stands = new Followed(1, 5, Schema: 1);
            (_owner.Head, _owner.Answered) = ((1, 5), () => { });
        };

        Assert.True(await Follower(schema: 2).RefreshAsync(s_feed, CancellationToken.None));

        Assert.Equal([new Followed(1, 5, Schema: 2)], _store.Stood);
    }

    [Fact]
    public async Task NewerSchema_WhoseOwnerLostWhatTheLastVersionHeld_SaysSo()
    {
        _store.Stands = new Followed(1, 9, Schema: 1);
        _owner.Head = (1, 4);

        Assert.True(await Follower(schema: 2).RefreshAsync(s_feed, CancellationToken.None));

        Assert.Equal([new Followed(2, 4, Schema: 2)], _store.Stood);
    }

    [Fact]
    public async Task Reach_OfALowerEpoch_AsksTheOwner()
    {
        _store.Stands = new Followed(7, 9, Schema: 1);
        _owner.Head = (3, 4);

        Assert.True(await Follower(schema: 1).ReachAsync(s_feed, new Fence { Epoch = 3, Revision = 4 }, CancellationToken.None));

        Assert.Equal([new Followed(8, 4, Schema: 1)], _store.Stood);
    }

    [Fact]
    public async Task Reach_OfWhatTheCopyHas_AsksNobody()
    {
        _store.Stands = new Followed(7, 9, Schema: 1);

        Assert.True(await Follower(schema: 1).ReachAsync(s_feed, new Fence { Epoch = 7, Revision = 9 }, CancellationToken.None));

        Assert.Equal(0, _owner.Calls);
    }

    Follower Follower(int schema) => new([FeedKind.Members], _store, () => _owner, new NoNotes(), TimeProvider.System, schema);

    /// <summary>An owner of one feed without items, that begins a new epoch when a follower holds more than it does.</summary>
    sealed class Owner : IFeedOwner
    {
        public (long Epoch, long Revision) Head { get; set; }

        /// <summary>What happens between an answer and its arrival.</summary>
        public Action Answered { get; set; } = () => { };

        public int Calls { get; private set; }

        public Task<PullAnswer> PullAsync(PullRequest request, CancellationToken cancellation)
        {
            if (++Calls > 9)
                throw new HttpRequestException("Asked again and again.");
            var position = Assert.Single(request.Positions);
            var stands = (position.Epoch!.Value, position.Revision!.Value);
            if (stands.CompareTo(Head) > 0)
                Head = (stands.Item1 + 1, Head.Revision);
            Delta[] deltas = stands == Head ? [] : [new Delta { Feed = position.Feed, Epoch = Head.Epoch, To = Head.Revision, Reset = true, Items = [] }];
            var answer = new PullAnswer { Deltas = deltas, Heads = [new Head { Feed = position.Feed, Epoch = Head.Epoch, Revision = Head.Revision }], Failed = [] };
            Answered();
            return Task.FromResult(answer);
        }

        public Task<ShardSums> SumsAsync(FeedKind kind, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IReadOnlyList<Head>> ShardAsync(FeedKind kind, int shard, CancellationToken cancellation) => throw new NotSupportedException();
    }

    /// <summary>A copy of one feed, and where its follower has put it.</summary>
    sealed class OneCopy : IFollowerStore, IFollowedFeed
    {
        public Followed Stands { get; set; }
        public List<Followed> Stood { get; } = [];

        public Task<IReadOnlyDictionary<string, Followed>> StandsAsync(IReadOnlyCollection<string> feeds, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyDictionary<string, Followed>>(new Dictionary<string, Followed> { [s_feed.ToString()] = Stands });

        public Task<T> WriteAsync<T>(FeedName feed, Func<IFollowedFeed, Task<T>> body, CancellationToken cancellation) => body(this);

        public Task ClearAsync(CancellationToken cancellation) => Task.CompletedTask;

        public Task ApplyAsync(IReadOnlyList<JsonElement> items, CancellationToken cancellation) => Task.CompletedTask;

        public Task StandAsync(Followed position, CancellationToken cancellation)
        {
            Stands = position;
            Stood.Add(position);
            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<FollowedSum>> SumsAsync(FeedKind kind, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IReadOnlyDictionary<string, Followed>> ShardAsync(FeedKind kind, int shard, CancellationToken cancellation) => throw new NotSupportedException();
    }

    sealed class NoNotes : IFollowerNotes
    {
        public void OwnerAway(Exception failure)
        {
        }

        public void Repaired(int feeds)
        {
        }

        public void Gap()
        {
        }

        public void Compared(long behind)
        {
        }

        public void NotCompared()
        {
        }
    }
}
