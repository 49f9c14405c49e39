using ChatGenius.Hosting.Feeds;
using ChatGenius.Realtime.Connections;
using ChatGenius.Realtime.LiveFeeds;

namespace ChatGenius.Realtime.Syncing;

/// <summary>
/// Brings a client up to date.
/// <list type="number">
/// <item>Each feed is brought to life on this instance: subscribed, then read.</item>
/// <item>Access is checked by the roll of members; a "no" is verified with the owner before it is said.</item>
/// <item>The connection is registered, in the same step as the check.</item>
/// <item>Only then the owners are read, since the client's positions, in one call for each owner.</item>
/// <item>Content waits for its fence, and access is checked once more under it.</item>
/// </list>
/// Thread-safe.
/// </summary>
internal sealed class Syncer(LiveFeedDirectory directory, IServiceProvider services, ILogger<Syncer> logger)
{
    const int RetryAfterMs = 1000;

    /// <summary>How long content waits for its fence before the feed counts as unavailable.</summary>
    static readonly TimeSpan FencePatience = TimeSpan.FromSeconds(5);

    /// <summary>Syncs; with a connection, registers it first.</summary>
    /// <param name="connection">Null for a sync by HTTP.</param>
    /// <exception cref="ProblemException"><c>superseded</c> when a newer sync of the connection began.</exception>
    public async Task<SyncAnswer> SyncAsync(SyncPositions positions, Guid caller, LiveConnection? connection, CancellationToken cancellation)
    {
        var generation = connection?.BeginSync() ?? 0;
        var failed = new List<FailedFeed>(positions.Failed);
        var admissions = await Task.WhenAll(positions.Known.Select(async p => (p.Feed, p.Position, Admission: await AdmitAsync(p.Feed, p.Position, caller, connection, cancellation))));
        failed.AddRange(admissions.Where(a => a.Admission == Admission.Unavailable).Select(a => Unavailable(a.Position.Feed)));
        var denied = admissions.Where(a => a.Admission == Admission.Denied).Select(a => a.Position.Feed).ToHashSet();
        var (deltas, heads) = (new List<Delta>(), new List<Head>());
        var reads = await Task.WhenAll(admissions.Where(a => a.Admission == Admission.Admitted).GroupBy(a => a.Feed.Owner)
            .Select(g => ReadAsync(g.Key, [.. g.Select(a => a.Position)], cancellation)));
        foreach (var answer in reads)
        {
            failed.AddRange(answer.Failed);
            heads.AddRange(answer.Heads);
            foreach (var delta in answer.Deltas)
                switch (await AdmitContentAsync(delta, caller, cancellation))
                {
                    case Admission.Admitted:
                        deltas.Add(delta);
                        break;
                    case Admission.Denied:
                        denied.Add(delta.Feed);
                        break;
                    default:
                        failed.Add(Unavailable(delta.Feed));
                        break;
                }
        }
        if (connection is not null && !connection.IsNewest(generation))
            throw new ProblemException(ErrorCodes.Superseded);
        return new SyncAnswer
        {
            Deltas = deltas,
            Heads = [.. heads.Where(h => !denied.Contains(h.Feed) && !failed.Exists(f => f.Feed == h.Feed))],
            Denied = [.. denied],
            Failed = failed,
        };
    }

    async Task<Admission> AdmitAsync(FeedName name, SyncPosition position, Guid caller, LiveConnection? connection, CancellationToken cancellation)
    {
        if (name.Kind is FeedKind.UserChannels or FeedKind.Reads && name.Id != caller)
            return Admission.Denied;
        try
        {
            for (var verified = false; ;)
            {
                var feed = directory.Get(name);
                if (!await TryActivateAsync(feed, cancellation))
                    continue;
                if (connection is null ? feed.Readers.MayRead(caller) : feed.Readers.TryRegister(connection, position.Mode == SyncMode.Heads))
                    return Admission.Admitted;
                if (feed.IsRetired)
                    continue;
                if (verified)
                {
                    directory.RetireIfUnread(feed);
                    return Admission.Denied;
                }
                await (feed.Members ?? feed).PullAsync(cancellation);
                verified = true;
            }
        }
        catch (Exception failure) when (IsAway(failure, cancellation))
        {
            logger.LogUnavailable(name.ToString(), failure.Message);
            return Admission.Unavailable;
        }
    }

    // False when the feed was let go meanwhile: the directory has a new one.
    static async Task<bool> TryActivateAsync(LiveFeed feed, CancellationToken cancellation)
    {
        try
        {
            await feed.ActivateAsync(cancellation);
            return !feed.IsRetired;
        }
        catch (OperationCanceledException) when (feed.IsRetired && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    async Task<Admission> AdmitContentAsync(Delta delta, Guid caller, CancellationToken cancellation)
    {
        var name = FeedName.Parse(delta.Feed);
        if (name.Kind is not (FeedKind.Messages or FeedKind.Members))
            return Admission.Admitted;
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(FencePatience);
            var feed = directory.Get(name);
            await feed.ActivateAsync(patience.Token);
            if (delta.Fence is { } fence && name.Kind == FeedKind.Messages)
                await feed.ReachMembersAsync(fence, patience.Token);
            return feed.Readers.MayRead(caller) ? Admission.Admitted : Admission.Denied;
        }
        catch (Exception failure) when (IsAway(failure, cancellation))
        {
            logger.LogUnavailable(delta.Feed, failure.Message);
            return Admission.Unavailable;
        }
    }

    async Task<PullAnswer> ReadAsync(string owner, IReadOnlyList<SyncPosition> positions, CancellationToken cancellation)
    {
        try
        {
            return await services.GetRequiredKeyedService<IFeedOwner>(owner).PullAsync(new PullRequest { Positions = positions }, cancellation);
        }
        catch (Exception failure) when (IsAway(failure, cancellation))
        {
            logger.LogUnavailable(owner, failure.Message);
            return new PullAnswer { Deltas = [], Heads = [], Failed = [.. positions.Select(p => Unavailable(p.Feed))] };
        }
    }

    static bool IsAway(Exception failure, CancellationToken cancellation) =>
        !cancellation.IsCancellationRequested && failure is HttpRequestException or TimeoutException or OperationCanceledException or System.Data.Common.DbException;

    static FailedFeed Unavailable(string feed) => new() { Feed = feed, Code = ErrorCodes.Unavailable.Code, RetryAfterMs = RetryAfterMs };

    enum Admission
    {
        Admitted,
        Denied,
        Unavailable,
    }
}

internal static partial class SyncerLog
{
    [LoggerMessage(4301, LogLevel.Warning, "{What} could not be synced now: {Failure}")]
    public static partial void LogUnavailable(this ILogger logger, string what, string failure);
}
