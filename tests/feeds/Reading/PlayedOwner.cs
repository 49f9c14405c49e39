using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Internal;
using ChatGenius.Feeds;

namespace ChatGenius.FeedsTests.Reading;

/// <summary>An owner whose answers the test gives.</summary>
internal sealed class PlayedOwner : IFeedOwner
{
    /// <summary>What it was asked, in order.</summary>
    public List<(PullRequest Request, TaskCompletionSource<PullAnswer> Answer)> Calls { get; } = [];

    public Task<PullAnswer> PullAsync(PullRequest request, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<PullAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        Calls.Add((request, answer));
        return answer.Task;
    }

    /// <summary>Answers a call with a head for each of its feeds.</summary>
    public void Answer(int call, long revision) => Calls[call].Answer.SetResult(new PullAnswer
    {
        Deltas = [],
        Heads = [.. Calls[call].Request.Positions.Select(p => new Head { Feed = p.Feed, Epoch = 1, Revision = revision })],
        Failed = [],
    });

    public Task<ShardSums> SumsAsync(FeedKind kind, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IReadOnlyList<Head>> ShardAsync(FeedKind kind, int shard, CancellationToken cancellation) => throw new NotSupportedException();
}
