using System.Text.Json;
using ChatGenius.Contracts.Feeds;

namespace ChatGenius.Feeds.Following;

/// <summary>Where a follower keeps its durable copy of another owner's feeds and how far it has come in each. Instances of one service share it. Thread-safe.</summary>
public interface IFollowerStore
{
    /// <summary>Where the copy stands in those of the feeds that it holds.</summary>
    Task<IReadOnlyDictionary<string, Followed>> StandsAsync(IReadOnlyCollection<string> feeds, CancellationToken cancellation);

    /// <summary>The sums of revisions of all feeds of a kind that are held, by shard, epoch and schema.</summary>
    Task<IReadOnlyList<FollowedSum>> SumsAsync(FeedKind kind, CancellationToken cancellation);

    /// <summary>Where the copy stands in all feeds of a kind in a shard.</summary>
    Task<IReadOnlyDictionary<string, Followed>> ShardAsync(FeedKind kind, int shard, CancellationToken cancellation);

    /// <summary>Runs a change of one feed's copy in one transaction that has locked the feed's position. What the body throws rolls it back.</summary>
    Task<T> WriteAsync<T>(FeedName feed, Func<IFollowedFeed, Task<T>> body, CancellationToken cancellation);
}

/// <summary>Where a copy stands in a feed.</summary>
/// <param name="Epoch">The epoch; 0 when nothing is held.</param>
/// <param name="Revision">The revision.</param>
/// <param name="Schema">The schema version of the follower that wrote it last.</param>
public readonly record struct Followed(long Epoch, long Revision, int Schema);

/// <summary>The sum of revisions in which a copy stands, of the feeds of one shard that stand in one epoch and were written by one schema version.</summary>
public readonly record struct FollowedSum(int Shard, long Epoch, int Schema, long Sum);

/// <summary>One feed's copy within a transaction.</summary>
public interface IFollowedFeed
{
    /// <summary>Where it stands, as read under the lock; all 0 when it holds nothing.</summary>
    Followed Stands { get; }

    /// <summary>Drops what is held.</summary>
    Task ClearAsync(CancellationToken cancellation);

    /// <summary>Upserts items, all of which are newer than what is held.</summary>
    Task ApplyAsync(IReadOnlyList<JsonElement> items, CancellationToken cancellation);

    /// <summary>Stores the position, in the same transaction.</summary>
    Task StandAsync(Followed position, CancellationToken cancellation);
}
