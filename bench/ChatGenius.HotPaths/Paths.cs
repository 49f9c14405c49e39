using BenchmarkDotNet.Attributes;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Feeds;
using ChatGenius.Feeds.Owning;
using ChatGenius.Messages.Membership;
using ChatGenius.Messages.Posting;
using ChatGenius.Messages.Writing;
using ChatGenius.Realtime;
using ChatGenius.Realtime.Connections;
using ChatGenius.TestSupport.Stepping;

namespace ChatGenius.HotPaths;

/// <summary>
/// What is done for each message or for each reader of it. Each method does its operation many times, so that what the process allocates beside it is nothing for each of them; what it works on is made
/// before, and is not counted. One that did not do its work throws.
/// </summary>
[MemoryDiagnoser]
public class Paths
{
    const int Judged = 100_000, Rounds = 32, Readers = 1000, Waiting = 64;

    static readonly Delta s_change = Samples.Change(5);

    static readonly Nowhere s_nowhere = new();
    static readonly ConnectionOwner s_owner = new(Samples.Author, "session", DateTimeOffset.MaxValue, "webSockets");
    static readonly RealtimeSettings s_settings = new();

    readonly Steps _steps = new();
    Action[] _rounds = [];

    [IterationSetup(Target = nameof(FanOut))]
    public void PrepareFanOut() => Prepare(() =>
    {
        var queues = Enumerable.Range(0, Readers).Select(_ => Samples.Queue()).ToArray();
        return () => FanOut(queues);
    });

    [IterationSetup(Target = nameof(Merge))]
    public void PrepareMerge() => Prepare(() =>
    {
        var (queue, deltas) = (Samples.Queue(), Enumerable.Range(1, Waiting).Select(revision => Outgoing.Of(Samples.Change(revision))).ToArray());
        return () => Merge(queue, deltas);
    });

    [IterationSetup(Target = nameof(Post))]
    public void PreparePost() => Prepare(() =>
    {
        var (feeds, posts) = (new FeedRevisions(1, [new LockedFeed(Samples.Feed, 0, 0)]), Enumerable.Range(0, Waiting).Select(_ => Samples.Post()).ToArray());
        return () => Post(feeds, posts);
    });

    [IterationSetup(Target = nameof(GroupCommit))]
    public void PrepareGroupCommit() => Prepare(() =>
    {
        var committed = new Committed();
        var group = new GroupCommit(new Members(null!), committed.CommitAsync, _ => false, (_, _) => { }, _steps.Time);
        return () => GroupCommit(group, committed);
    });

    /// <summary>The reader's rule, for each delta that it judges.</summary>
    [Benchmark(OperationsPerInvoke = Judged)]
    public void ReadersRule()
    {
        for (var i = 0; i < Judged; i++)
            Done(ReaderRule.Judge(1, 4, s_change) == Verdict.Apply);
    }

    /// <summary>One delta into and out of the queue of each connection, for each delivery.</summary>
    [Benchmark(OperationsPerInvoke = Rounds * Readers)]
    public void FanOut() => Run();

    /// <summary>A connection that was opened and for which nothing waits, for each: what the product itself keeps for an idle one, apart from its feeds.</summary>
    [Benchmark(OperationsPerInvoke = Rounds * Readers)]
    public void IdleConnection()
    {
        for (var i = 0; i < Rounds * Readers; i++)
            Done(new LiveConnection(s_nowhere, s_owner, s_settings, _steps.Time, static (_, _) => { }).State == ConnectionState.Connecting);
    }

    /// <summary>Deltas of a feed that wait for one connection and become one, for each delta.</summary>
    [Benchmark(OperationsPerInvoke = Rounds * Waiting)]
    public void Merge() => Run();

    /// <summary>A post given its place in the feed, and what the feed says of it, for each post.</summary>
    [Benchmark(OperationsPerInvoke = Rounds * Waiting)]
    public void Post() => Run();

    /// <summary>Commands that wait together and are committed as one, for each command.</summary>
    [Benchmark(OperationsPerInvoke = Rounds * Waiting)]
    public void GroupCommit() => Run();

    static void FanOut(OutboundQueue[] queues)
    {
        var outgoing = Outgoing.Of(s_change);
        foreach (var queue in queues)
        {
            queue.Add(outgoing);
            Done(queue.TryTake(out _));
        }
    }

    static void Merge(OutboundQueue queue, Outgoing[] deltas)
    {
        foreach (var outgoing in deltas)
            queue.Add(outgoing);
        Done(queue.TryTake(out var all) && all.Delta!.To == Waiting && queue.IsEmpty);
    }

    static void Post(FeedRevisions feeds, PostCommand[] posts)
    {
        foreach (var post in posts)
            post.Stored(Posts.Placed(post, feeds, 638_000_000_000_000_000));
        Done(feeds.Deltas().Count == 1);
    }

    void GroupCommit(GroupCommit group, Committed committed)
    {
        var waiting = new Task<bool>[Waiting];
        _steps.Do(() =>
        {
            for (var i = 0; i < waiting.Length; i++)
                waiting[i] = group.RunAsync(static () => new Nothing { ChannelId = Samples.Feed.Id, Caller = Samples.Author }, CancellationToken.None);
        });
        _steps.Do(() => _ = group.WriteAsync());
        Done(committed is { Transactions: 1, Commands: Waiting } && Array.TrueForAll(waiting, command => command.IsCompletedSuccessfully));
    }

    void Prepare(Func<Action> round) => _rounds = [.. Enumerable.Range(0, Rounds).Select(_ => round())];

    void Run()
    {
        Done(_rounds.Length == Rounds);
        foreach (var round in _rounds)
            round();
    }

    static void Done(bool done)
    {
        if (!done)
            throw new InvalidOperationException("It did not do what is counted.");
    }
}
