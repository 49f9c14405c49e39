using System.Data.Common;
using System.Diagnostics.Metrics;
using ChatGenius.Messages.Membership;
using ChatGenius.Messages.Posting;
using Microsoft.Data.Sqlite;

namespace ChatGenius.Messages.Writing;

/// <summary>
/// Carries out commands by <see cref="GroupCommit"/>. In each transaction the feeds of all its commands are locked in order and the memberships read after the lock; posts are stored
/// together, every other command is applied by itself. Thread-safe.
/// </summary>
internal sealed partial class WritePipeline : BackgroundService
{
    readonly FeedWriter<MessagesContext> _writer;
    readonly TimeProvider _time;
    readonly ILogger<WritePipeline> _logger;
    readonly Histogram<int> _batchSize;
    readonly GroupCommit _commits;

    public WritePipeline(FeedWriter<MessagesContext> writer, Members members, TimeProvider time, IMeterFactory meters, ILogger<WritePipeline> logger)
    {
        (_writer, _time, _logger) = (writer, time, logger);
        _batchSize = meters.Create("ChatGenius.Messages").CreateHistogram<int>("chatgenius.messages.commit.size", "{command}", "Commands in one transaction.");
        _commits = new GroupCommit(members, CommitAsync, IsAway, (failure, count) => LogBatchFailed(failure.GetType().Name, count));
    }

    /// <inheritdoc cref="GroupCommit.RunAsync"/>
    public Task<T> RunAsync<T>(Func<WriteCommand<T>> command, CancellationToken cancellation) => _commits.RunAsync(command, cancellation);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _commits.WriteAsync();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _commits.Complete();
        if (ExecuteTask is { } running)
            await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    async Task CommitAsync(IReadOnlyList<WriteCommand> commands)
    {
        await _writer.WriteAsync(commands.SelectMany(c => c.Feeds), tx => ApplyAsync(tx, commands), CancellationToken.None);
        _batchSize.Record(commands.Count);
    }

    async Task<bool> ApplyAsync(FeedTransaction<MessagesContext> transaction, IReadOnlyList<WriteCommand> commands)
    {
        var asked = commands.SelectMany(c => c.Others.Append(c.Caller).Select(u => (c.ChannelId, u))).ToHashSet();
        var standings = await Standings.ReadAsync(transaction.Sql, asked, CancellationToken.None);
        var batch = new WriteBatch(transaction, standings, _time.GetUtcNow());
        var posts = commands.OfType<PostCommand>().ToList();
        if (posts.Count > 0)
            await Posts.ApplyAsync(batch, posts, CancellationToken.None);
        foreach (var command in commands)
            if (command is ISingleCommand single && command.Admit(batch.Of(command.ChannelId, command.Caller)))
                await single.ApplyAsync(batch, CancellationToken.None);
        await batch.Reads.StoreAsync(CancellationToken.None);
        foreach (var command in commands)
            transaction.Fenced(command.Feed, batch.Of(command.ChannelId, command.Caller).Fence);
        return true;
    }

    // With the whole database away or full, trying each command alone would only make all of them wait.
    static bool IsAway(Exception failure)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
            if (cause is DbException { IsTransient: true } or SqliteException { SqliteErrorCode: 5 or 6 or 8 or 10 or 13 or 14 } or IOException or TimeoutException)
                return true;
        return false;
    }

    [LoggerMessage(6001, LogLevel.Warning, "A transaction of {Count} commands failed ({Kind}); each is tried alone.")]
    partial void LogBatchFailed(string kind, int count);
}
