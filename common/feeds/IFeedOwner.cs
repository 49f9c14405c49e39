using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Internal;

namespace ChatGenius.Feeds;

/// <summary>An owner of feeds as other services see it, in the same process or over HTTP. Thread-safe.</summary>
public interface IFeedOwner
{
    /// <summary>How long a call may take: 5 s; then it has failed.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Reads feeds since positions. A position with mode <c>heads</c> or <c>partial</c> is answered by its head alone.</summary>
    /// <exception cref="HttpRequestException">The owner is away.</exception>
    Task<PullAnswer> PullAsync(PullRequest request, CancellationToken cancellation);

    /// <summary>The sums of heads of all feeds of a kind, by shard.</summary>
    Task<ShardSums> SumsAsync(FeedKind kind, CancellationToken cancellation);

    /// <summary>The heads of all feeds of a kind in a shard.</summary>
    Task<IReadOnlyList<Head>> ShardAsync(FeedKind kind, int shard, CancellationToken cancellation);
}
