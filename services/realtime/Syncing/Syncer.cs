using ChatGenius.Realtime.Connections;
using ChatGenius.Realtime.LiveFeeds;

namespace ChatGenius.Realtime.Syncing;

/// <summary>
/// Brings a client up to date.
/// <list type="number">
/// <item>Each feed is brought to life on this instance: subscribed, then read.</item>
/// <item>Access is checked by the roll of members; a "no" is verified with the owner before it is said.</item>
/// <item>The connection is registered, in the same step as the check, and answered there if the instance has followed the feed up to this tick.</item>
/// <item>Only then the owners are read for the other feeds, since the client's positions; those who ask for the same share a read, and those whom the instance can answer after it.</item>
/// <item>Content waits for its fence, and access is checked once more under it.</item>
/// </list>
/// Thread-safe.
/// </summary>
internal sealed class Syncer(LiveFeedDirectory directory, LiveFeedServices services)
{
    const int RetryAfterMs = 1000;

    /// <summary>How long content waits for its fence before the feed counts as unavailable.</summary>
    static readonly TimeSpan FencePatience = TimeSpan.FromSeconds(5);

    /// <summary>Syncs; with a connection, registers it first.</summary>
    /// <param name="positions">Where the client stands.</param>
    /// <param name="caller">The user.</param>
    /// <param name="connection">Null for a sync by HTTP, which always reads the owners.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ProblemException"><c>superseded</c> when a newer sync of the connection began.</exception>
    public async Task<SyncAnswer> SyncAsync(SyncPositions positions, Guid caller, LiveConnection? connection, CancellationToken cancellation)
    {
        var generation = connection?.BeginSync() ?? 0;
        try
        {
            var ends = await Task.WhenAll(positions.Known.Select(p => SyncAsync(p.Feed, p.Position, caller, connection, cancellation)));
            for (var i = 0; i < ends.Length; i++)
                Count(positions.Known[i].Feed, positions.Known[i].Position, ends[i]);
            if (connection is not null && !connection.IsNewest(generation))
                throw new ProblemException(ErrorCodes.Superseded);
            return new SyncAnswer
            {
                Deltas = [.. ends.Where(e => e.Delta is not null).Select(e => e.Delta!)],
                Heads = [.. ends.Where(e => e.Head is not null).Select(e => e.Head!)],
                Denied = [.. ends.Where(e => e.Denied is not null).Select(e => e.Denied!)],
                Failed = [.. positions.Failed, .. ends.Where(e => e.Failed is not null).Select(e => e.Failed!)],
            };
        }
        finally
        {
            connection?.EndSync(generation);
        }
    }

    void Count(FeedName feed, SyncPosition position, End end)
    {
        var outcome = end.Denied is not null ? SyncOutcome.Denied
            : end.Failed is not null ? SyncOutcome.Failed
            : position.Mode == SyncMode.Heads || position.Partial ? SyncOutcome.Head
            : position.Epoch is null or 0 ? SyncOutcome.First
            : end.Delta is { Reset: true } ? SyncOutcome.Reset
            : SyncOutcome.Continued;
        services.Meters.Synced(outcome, feed.Owner, outcome is SyncOutcome.First or SyncOutcome.Continued or SyncOutcome.Reset ? end.Delta?.Items.Count ?? 0 : null);
    }

    async Task<End> SyncAsync(FeedName name, SyncPosition position, Guid caller, LiveConnection? connection, CancellationToken cancellation)
    {
        try
        {
            var (admitted, read) = services.Bug == Bug.RegisteredAfterReading && connection is not null
                ? await ReadThenAdmitAsync(name, position, caller, connection, cancellation)
                : await AdmitAsync(name, position, caller, connection, cancellation);
            if (!admitted)
                return new End { Denied = position.Feed };
            if (read is not null)
                services.Meters.Served(name);
            read ??= await directory.Get(name).Answers.AskAsync(position, registered: connection is not null, cancellation);
            if (read.Failed is not null)
                return new End { Failed = read.Failed };
            if (read.Delta is { } delta && !await MayTakeAsync(name, delta, position, caller, cancellation))
                return new End { Denied = position.Feed };
            return new End { Delta = read.Delta, Head = read.Head };
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested && failure is HttpRequestException or TimeoutException or OperationCanceledException or System.Data.Common.DbException)
        {
            services.Logger.LogUnavailable(position.Feed, failure.Message);
            return new End { Failed = new FailedFeed { Feed = position.Feed, Code = ErrorCodes.Unavailable.Code, RetryAfterMs = RetryAfterMs } };
        }
    }

    async Task<(bool Admitted, FeedRead? Served)> AdmitAsync(FeedName name, SyncPosition position, Guid caller, LiveConnection? connection, CancellationToken cancellation)
    {
        if (name.Kind is FeedKind.UserChannels or FeedKind.Reads && name.Id != caller)
            return (false, null);
        for (var verified = false; ;)
        {
            var feed = directory.Get(name);
            if (!await TryActivateAsync(feed, position, cancellation))
                continue;
            FeedRead? served = null;
            if (connection is null ? feed.Readers.MayRead(caller) : feed.Readers.TryRegister(connection, position, out served))
                return (true, served);
            if (connection is { Gone.IsCancellationRequested: true })
                throw new OperationCanceledException("The connection is gone.");
            if (feed.IsRetired)
                continue;
            if (verified || services.Bug == Bug.RefusalFromAStaleCopy)
            {
                directory.RetireIfUnread(feed);
                return (false, null);
            }
            await (feed.Members ?? feed).PullAsync(cancellation);
            verified = true;
        }
    }

    async Task<(bool Admitted, FeedRead? Served)> ReadThenAdmitAsync(FeedName name, SyncPosition position, Guid caller, LiveConnection connection, CancellationToken cancellation)
    {
        var read = await services.Reads(name).ReadAsync(position, follower: false, cancellation);
        return (await AdmitAsync(name, position, caller, connection, cancellation)).Admitted ? (true, read) : (false, null);
    }

    // False when the feed was let go meanwhile: the directory has a new one.
    static async Task<bool> TryActivateAsync(LiveFeed feed, SyncPosition near, CancellationToken cancellation)
    {
        try
        {
            await feed.ActivateAsync(near, cancellation);
            return !feed.IsRetired;
        }
        catch (OperationCanceledException) when (feed.IsRetired && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    async Task<bool> MayTakeAsync(FeedName name, Delta delta, SyncPosition near, Guid caller, CancellationToken cancellation)
    {
        if (name.Kind is not (FeedKind.Messages or FeedKind.Members))
            return true;
        using var patience = new CancellationTokenSource(FencePatience, services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        var feed = directory.Get(name);
        await feed.ActivateAsync(near, either.Token);
        if (delta.Fence is { } fence && name.Kind == FeedKind.Messages && services.Bug != Bug.FenceCheckedWhereConsumed)
            await feed.ReachMembersAsync(fence, either.Token);
        return feed.Readers.MayRead(caller);
    }

    /// <summary>How the sync of one feed ended.</summary>
    sealed record End
    {
        public Delta? Delta { get; init; }
        public Head? Head { get; init; }
        public string? Denied { get; init; }
        public FailedFeed? Failed { get; init; }
    }
}

internal static partial class SyncerLog
{
    [LoggerMessage(4301, LogLevel.Warning, "{What} could not be synced now: {Failure}")]
    public static partial void LogUnavailable(this ILogger logger, string what, string failure);
}
