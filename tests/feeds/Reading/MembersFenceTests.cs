using System.Text.Json;
using ChatGenius.Contracts;
using ChatGenius.Contracts.Channels;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Internal;
using ChatGenius.Contracts.Realtime;
using ChatGenius.Feeds;
using ChatGenius.FeedsTests.Connections;
using ChatGenius.Hosting.Feeds;
using ChatGenius.Messages.Membership;
using ChatGenius.Messages.Writing;
using ChatGenius.Realtime.Backplane;
using ChatGenius.Realtime.LiveFeeds;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatGenius.FeedsTests.Reading;

/// <summary>Content whose fence is of another epoch than what is known of the members: the channels service was restored, and clocks say nothing about which epoch is the later one.</summary>
public sealed class MembersFenceTests : IDisposable
{
    static readonly FeedName s_messages = FeedName.Messages(Guid.Parse("00000000-0002-7000-8000-000000000000"));
    static readonly Guid s_member = Guid.Parse("00000000-0001-7000-8000-000000000000");
    static readonly Guid[] s_others = [.. Enumerable.Range(1, 7).Select(i => Guid.Parse($"00000000-0001-7000-8000-00000000000{i}"))];

    readonly OneInstance _instance = new();
    readonly Owners _owners = new();
    readonly LiveFeed _feed;

    public MembersFenceTests()
    {
        var meters = new LiveFeedMeters(new FeedMeters(_instance), _instance);
        // Everyone has a turn of its own, a second after the one before.
        var pace = new DeliveryPace { ForEach = TimeSpan.FromSeconds(1), AtMost = TimeSpan.FromHours(1), Together = 1, InTurn = 1 };
        var services = new LiveFeedServices(new LocalBackplane(), _ => _owners, TimeSpan.FromHours(1), _instance.Steps.Time, meters, NullLogger.Instance, pace);
        _feed = new LiveFeed(s_messages, new LiveFeed(FeedName.Members(s_messages.Id), null, services), services);
        _instance.Steps.Finish(() => _feed.ActivateAsync(new SyncPosition { Feed = s_messages.ToString() }, CancellationToken.None));
    }

    public void Dispose() => _instance.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WhatWentOutToSome_DoesNotWaitForTheFenceOfWhatComesAfter(bool fails)
    {
        var lines = new List<PlayedLine>();
        foreach (var user in s_others)
        {
            var (connection, line) = _instance.Open(user: user);
            Assert.True(_feed.Readers.TryRegister(connection, new SyncPosition { Feed = s_messages.ToString() }, out _));
            connection.EndSync(connection.BeginSync());
            lines.Add(line);
        }
        (_owners.AreMembersSilent, _owners.AreMembersAway) = (!fails, fails);
        Offer(1, new Fence { Epoch = 5, Revision = 1 });
        Assert.Equal(1, lines.Sum(line => line.Told(nameof(IChatClient.Delta))));

        Offer(2, new Fence { Epoch = 5, Revision = 9 });
        // The rest after one of seven turns. When the owner cannot be asked, it is asked again a second later.
        _instance.Steps.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal(1, _feed.Stands.Revision);
        Assert.All(lines, line => Assert.Equal(1, line.Told(nameof(IChatClient.Delta))));
    }

    [Fact]
    public void LowerEpoch_InWhichTheMemberWasRemoved_IsAskedAboutBeforeTheContentGoesOut()
    {
        Assert.True(_feed.Readers.MayRead(s_member));
        _owners.Restored(epoch: 3, members: []);

        Say(1, new Fence { Epoch = 3, Revision = 1 });

        Assert.Equal(1, _feed.Stands.Revision);
        Assert.False(_feed.Readers.MayRead(s_member));
    }

    [Fact]
    public void LowerEpoch_ThatIsOver_IsAskedAboutOnce()
    {
        _owners.Calls = 0;
        for (var revision = 1; revision <= 5; revision++)
            Say(revision, new Fence { Epoch = 3, Revision = 8 });

        Assert.Equal(5, _feed.Stands.Revision);
        Assert.Equal(1, _owners.Calls);
        Assert.Equal(5, _owners.Epoch);
    }

    [Fact]
    public void HigherEpoch_ThatWasLost_MakesTheOwnerBeginALaterOne_AndTheContentGoesOut()
    {
        Say(1, new Fence { Epoch = 9, Revision = 4 });

        Assert.Equal(1, _feed.Stands.Revision);
        Assert.True(_owners.Epoch > 9);
        Assert.True(_feed.Readers.MayRead(s_member));
    }

    [Fact]
    public void Write_WithAPositionOfAnotherEpoch_WaitsUntilTheOwnerWasAsked()
    {
        var standing = new Standing(ChannelKind.Private, Archived: false, MemberRole.Member, new Fence { Epoch = 5, Revision = 1 });
        var write = new Nothing { ChannelId = s_messages.Id, Caller = s_member, Members = new Fence { Epoch = 3, Revision = 8 } };

        Assert.False(write.Admit(standing));
        Assert.Equal(Admission.MembersBehind, write.Admission);

        write.HasReachedMembers = true;
        Assert.True(write.Admit(standing));
    }

    [Fact]
    public void Join_AcrossTwoEpochsOfFences_IsRefused() =>
        Assert.False(Deltas.TryJoin(Content(1, new Fence { Epoch = 9, Revision = 1 }), Content(2, new Fence { Epoch = 3, Revision = 1 }), out _));

    void Say(long revision, Fence fence)
    {
        Offer(revision, fence);
        _instance.Steps.Pass(TimeSpan.FromSeconds(1));
    }

    void Offer(long revision, Fence fence) => _instance.Steps.Do(() => _feed.Offer(new FeedSaid { Delta = Content(revision, fence) }));

    static Delta Content(long revision, Fence fence) => new()
    {
        Feed = s_messages.ToString(),
        Epoch = 1,
        From = revision - 1,
        To = revision,
        Fence = fence,
        Items = [ContractsJson.ToItem(new { id = Guid.CreateVersion7(), revision, seq = revision })],
    };

    /// <summary>The owners of both feeds: an empty messages feed, and a members feed whose history the test replaces.</summary>
    sealed class Owners : IFeedOwner
    {
        IReadOnlyList<Guid> _members = [s_member, .. s_others];

        public long Epoch { get; private set; } = 5;

        /// <summary>Questions about the members feed.</summary>
        public int Calls { get; set; }

        /// <summary>Whether they get no answer.</summary>
        public bool AreMembersSilent { get; set; }

        /// <summary>Whether they cannot be asked.</summary>
        public bool AreMembersAway { get; set; }

        public void Restored(long epoch, IReadOnlyList<Guid> members) => (Epoch, _members) = (epoch, members);

        public Task<PullAnswer> PullAsync(PullRequest request, CancellationToken cancellation)
        {
            var position = Assert.Single(request.Positions);
            if (FeedName.Parse(position.Feed).Kind == FeedKind.Messages)
                return Task.FromResult(new PullAnswer { Deltas = [], Heads = [new Head { Feed = position.Feed, Epoch = 1, LastSeq = 0 }], Failed = [] });
            Calls++;
            if (AreMembersAway)
                return Task.FromException<PullAnswer>(new HttpRequestException("away"));
            if (AreMembersSilent)
                return new TaskCompletionSource<PullAnswer>().Task;
            if (OwnerRule.Judge(Epoch, 1, position.Epoch ?? 0, position.Revision ?? 0, request.Follower) == OwnerVerdict.HistoryLost)
                Epoch = position.Epoch!.Value + 2;
            Delta[] deltas = position.Epoch == Epoch ? [] : [new Delta { Feed = position.Feed, Epoch = Epoch, To = 1, Reset = true, Items = [.. Items()] }];
            return Task.FromResult(new PullAnswer { Deltas = deltas, Heads = [new Head { Feed = position.Feed, Epoch = Epoch, Revision = 1 }], Failed = [] });
        }

        public Task<ShardSums> SumsAsync(FeedKind kind, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IReadOnlyList<Head>> ShardAsync(FeedKind kind, int shard, CancellationToken cancellation) => throw new NotSupportedException();

        IEnumerable<JsonElement> Items() => _members.Select(m => ContractsJson.ToItem(new { type = "member", userId = m, left = false, revision = 1 }))
            .Append(ContractsJson.ToItem(new { type = "channel", kind = ChannelKind.Private, revision = 1 }));
    }

    sealed class Nothing : WriteCommand
    {
        public override void Settle()
        {
        }

        public override void Fail(Exception failure)
        {
        }
    }
}
