using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ChatGenius.Contracts;
using ChatGenius.Contracts.Channels;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Messages;
using ChatGenius.Feeds;
using ChatGenius.Feeds.Owning;
using ChatGenius.Messages.Membership;
using ChatGenius.Messages.Posting;
using ChatGenius.Messages.Writing;
using ChatGenius.Realtime.Connections;
using ChatGenius.TestSupport.Stepping;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Xunit;
using Xunit.Abstractions;

namespace ChatGenius.FeedsTests.Costs;

/// <summary>
/// What the hot paths allocate and how often they do what is dear, for each operation. The bounds are what was measured and an eighth more: who makes one of them smaller lowers its bound, and who
/// must raise one says why.
/// </summary>
public sealed class HotPathTests(ITestOutputHelper output)
{
    // Bytes for each delivery, merged delta, post and command.
    const double FanOutBound = 210, MergeBound = 9200, PostBound = 2850, GroupBound = 770;

    static readonly Guid s_author = new(2, 0, 0, new byte[8]);
    static readonly FeedName s_feed = FeedName.Messages(new Guid(1, 0, 0, new byte[8]));

    [Fact]
    public void ReadersRule_AllocatesNothing()
    {
        var delta = Change(5);

        Expect(0, Allocated.By(100, () => 0, _ =>
        {
            for (var i = 0; i < 100; i++)
                Assert.True(ReaderRule.Judge(1, 4, delta) == Verdict.Apply);
        }));
    }

    [Fact]
    public void Delta_IsSerialisedOnce_WhoeverManyHaveIt()
    {
        var (protocol, outgoing) = (new CountingProtocol(), Outgoing.Of(Change(1)));

        for (var connection = 0; connection < 1000; connection++)
            outgoing.Message.GetSerializedMessage(protocol);

        Assert.Equal(1, protocol.Serialised);
    }

    [Fact]
    public void FanOut_ToAThousandQueues_AllocatesLittleForEach() => Expect(FanOutBound, Allocated.By(1000, Queues, queues =>
    {
        var outgoing = Outgoing.Of(Change(1));
        foreach (var queue in queues)
        {
            queue.Add(outgoing);
            Assert.True(queue.TryTake(out _));
        }
    }));

    [Fact]
    public void Merging_WhatWaits_AllocatesLittleForEachDelta() => Expect(MergeBound, Allocated.By(64, () => (Queue: new OutboundQueue(256, 1 << 20), Deltas: Enumerable.Range(1, 64).Select(revision => Outgoing.Of(Change(revision))).ToList()), waiting =>
    {
        foreach (var outgoing in waiting.Deltas)
            waiting.Queue.Add(outgoing);
        Assert.True(waiting.Queue.TryTake(out var all));
        Assert.Equal(64, all.Delta!.To);
    }));

    [Fact]
    public void Post_PlacedAndSaid_AllocatesLittle() => Expect(PostBound, Allocated.By(64, () => (Feeds: new FeedRevisions(1, [new LockedFeed(s_feed, 0, 0)]), Posts: Enumerable.Range(0, 64).Select(_ => Post()).ToList()), batch =>
    {
        foreach (var post in batch.Posts)
            post.Stored(Posts.Placed(post, batch.Feeds, 638_000_000_000_000_000));
        Assert.Single(batch.Feeds.Deltas());
    }));

    [Fact]
    public void SixtyFourThatWait_AreOneTransaction_AndAllocateLittleForEach()
    {
        var (transactions, steps) = (0, new Steps());
        Expect(GroupBound, Allocated.By(64, () => new GroupCommit(new Members(null!), CommitAsync, _ => false, (_, _) => { }, steps.Time), group =>
        {
            transactions = 0;
            var waiting = new Task<bool>[64];
            steps.Do(() =>
            {
                for (var i = 0; i < waiting.Length; i++)
                    waiting[i] = group.RunAsync(static () => new Nothing { ChannelId = s_feed.Id, Caller = s_author }, CancellationToken.None);
            });
            steps.Do(() => _ = group.WriteAsync());
            Assert.True(Array.TrueForAll(waiting, command => command.IsCompletedSuccessfully));
        }));
        Assert.Equal(1, transactions);

        Task CommitAsync(IReadOnlyList<WriteCommand> commands)
        {
            transactions++;
            foreach (var command in commands)
                ((Nothing)command).Decide();
            return Task.CompletedTask;
        }
    }

    static List<OutboundQueue> Queues() => [.. Enumerable.Range(0, 1000).Select(_ => new OutboundQueue(256, 1 << 20))];

    static PostCommand Post() => new()
    {
        Id = Guid.CreateVersion7(), ChannelId = s_feed.Id, Caller = s_author, ClientId = Guid.CreateVersion7(), Text = new string('x', 100), Mentions = [], BodyHash = new byte[32],
    };

    // A message of 100 characters, as its owner says it.
    static Delta Change(long revision) => new()
    {
        Feed = s_feed.ToString(), Epoch = 1, From = revision - 1, To = revision, Fence = new Fence { Epoch = 1, Revision = 1 },
        Items =
        [
            ContractsJson.ToItem(new Message
            {
                Id = new Guid((int)revision, 0, 0, new byte[8]), ChannelId = s_feed.Id, Seq = revision, Revision = revision, AuthorId = s_author, ClientId = s_author, Text = new string('x', 100), CreatedAt = DateTimeOffset.UnixEpoch,
            }),
        ],
    };

    void Expect(double bound, double bytes, [System.Runtime.CompilerServices.CallerMemberName] string? what = null)
    {
        output.WriteLine($"{what}: {bytes:0.#} bytes for each, at most {bound:0.#}");
        Assert.True(bytes <= bound, $"{bytes:0.#} bytes for each, more than {bound:0.#}.");
    }

    sealed class Nothing : WriteCommand<bool>
    {
        static readonly Standing s_member = new(ChannelKind.Public, Archived: false, MemberRole.Member, new Fence());

        public void Decide() => Result = Admit(s_member);
    }

    /// <summary>SignalR's JSON, which counts what it serialises.</summary>
    sealed class CountingProtocol : IHubProtocol
    {
        readonly JsonHubProtocol _json = new();

        public int Serialised { get; private set; }
        public string Name => _json.Name;
        public int Version => _json.Version;
        public TransferFormat TransferFormat => _json.TransferFormat;

        public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message)
        {
            Serialised++;
            return _json.GetMessageBytes(message);
        }

        public bool IsVersionSupported(int version) => _json.IsVersionSupported(version);
        public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message) => _json.TryParseMessage(ref input, binder, out message);
        public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => _json.WriteMessage(message, output);
    }
}
