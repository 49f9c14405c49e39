using ChatGenius.Feeds.Following;
using ChatGenius.Hosting.Databases;
using ChatGenius.Hosting.Settings;

namespace ChatGenius.Hosting.Feeds;

/// <summary>Keeps a service's durable copy of another owner's feeds up to date: see <see cref="Follower"/>. Any number of instances may share the database. Thread-safe.</summary>
/// <typeparam name="TContext">The service's model; it includes <see cref="FeedModel.AddFollowedFeeds"/>.</typeparam>
/// <typeparam name="TReplica">What is followed, and how it is kept.</typeparam>
public sealed partial class FeedFollower<TContext, TReplica> : BackgroundService, IReadiness, IFollowerNotes
    where TContext : DbContext
    where TReplica : class, IFeedReplica<TContext>
{
    readonly Database<TContext> _database;
    readonly IFeedReplica<TContext> _replica;
    readonly DatabaseStartGate _gate;
    readonly IOptions<ChatGeniusSettings> _settings;
    readonly FeedMeters _meters;
    readonly ILogger _logger;
    readonly Follower _follower;

    public FeedFollower(Database<TContext> database, TReplica replica, DatabaseStartGate gate, IServiceProvider services, IOptions<ChatGeniusSettings> settings,
        TimeProvider time, FeedMeters meters, ILogger<FeedFollower<TContext, TReplica>> logger)
    {
        (_database, _replica, _gate, _settings, _meters, _logger) = (database, replica, gate, settings, meters, logger);
        _follower = new Follower(_replica.Kinds, new SqlFollowerStore<TContext>(database, _replica), () => services.GetRequiredKeyedService<IFeedOwner>(_replica.Owner), this, time, _replica.Schema);
    }

    /// <summary>The follower itself.</summary>
    public Follower Follower => _follower;

    /// <inheritdoc/>
    string IReadiness.Name => $"{_database.Name}-follows-{_replica.Owner}";

    /// <inheritdoc/>
    bool IReadiness.IsReady => HasCompared;

    /// <inheritdoc/>
    string? IReadiness.Waiting => HasCompared ? null : $"The first comparison with {_replica.Owner} has not succeeded yet.";

    /// <inheritdoc cref="Follower.HasCompared"/>
    public bool HasCompared => _follower.HasCompared;

    /// <inheritdoc cref="Follower.OfferAsync"/>
    public Task OfferAsync(IReadOnlyList<Delta> deltas, CancellationToken cancellation) => _follower.OfferAsync(deltas, cancellation);

    /// <inheritdoc cref="Follower.RefreshAsync"/>
    public Task<bool> RefreshAsync(FeedName feed, CancellationToken cancellation) => _follower.RefreshAsync(feed, cancellation);

    /// <inheritdoc cref="Follower.ReachAsync"/>
    public Task<bool> ReachAsync(FeedName feed, Fence wanted, CancellationToken cancellation) => _follower.ReachAsync(feed, wanted, cancellation);

    /// <inheritdoc cref="Follower.StandsAsync"/>
    public Task<Fence> StandsAsync(FeedName feed, CancellationToken cancellation) => _follower.StandsAsync(feed, cancellation);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await _gate.WaitAsync(stoppingToken);
        await _follower.RunAsync(_settings.Value.FollowInterval, stoppingToken);
    }

    void IFollowerNotes.OwnerAway(Exception failure) => LogAway(_replica.Owner, failure.Message);

    void IFollowerNotes.Repaired(int feeds) => _meters.Repaired(_database.Name, _replica.Owner, feeds);

    void IFollowerNotes.Gap() => _meters.Gap(_database.Name, _replica.Owner);

    void IFollowerNotes.Compared(long behind) => _meters.Compared(_database.Name, _replica.Owner, behind);

    void IFollowerNotes.NotCompared() => _meters.NotCompared(_database.Name, _replica.Owner);

    [LoggerMessage(1104, LogLevel.Warning, "The {Owner} service could not be followed: {Failure} It is tried again.")]
    partial void LogAway(string owner, string failure);
}
