using System.Data.Common;
using System.Diagnostics;
using ChatGenius.Hosting.Telemetry;
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
    readonly CommitMeters _meters;
    readonly GroupCommit _commits;

    public WritePipeline(FeedWriter<MessagesContext> writer, Members members, TimeProvider time, CommitMeters meters, ILogger<WritePipeline> logger)
    {
        (_writer, _time, _meters, _logger) = (writer, time, meters, logger);
        _commits = new GroupCommit(members, CommitAsync, IsAway, (failure, count) => LogBatchFailed(failure.GetType().Name, count), time);
        meters.WatchQueue(() => _commits.Waiting);
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
        using var step = Traces.StartShared("messages commit", commands.Select(c => c.Request?.Id));
        var began = _time.GetTimestamp();
        try
        {
            await _writer.WriteAsync(commands.SelectMany(c => c.Feeds), statements => Asked.With(statements, commands),
                (transaction, asked) => ApplyAsync(new WriteBatch(transaction, asked, _time.GetUtcNow()), commands), CancellationToken.None);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            _meters.Failed();
            step?.SetStatus(ActivityStatusCode.Error, failure.GetType().Name);
            throw;
        }
        _meters.Committed(commands.Count, _time.GetElapsedTime(began));
        Link(step, commands);
    }

    // One transaction is in the trace of one request: the others lead to it, as it leads to them.
    static void Link(Activity? step, IReadOnlyList<WriteCommand> commands)
    {
        step?.SetTag("chatgenius.commands", commands.Count);
        if (step is not null)
            foreach (var request in commands.Select(c => c.Request).OfType<Activity>().Where(r => r.TraceId != step.TraceId))
                request.AddLink(new ActivityLink(step.Context));
    }

    static async Task<bool> ApplyAsync(WriteBatch batch, IReadOnlyList<WriteCommand> commands)
    {
        await Posts.ApplyAsync(batch, CancellationToken.None);
        foreach (var command in commands)
            if (command is ISingleCommand single && command.Admit(batch.Of(command.ChannelId, command.Caller)))
                await single.ApplyAsync(batch, CancellationToken.None);
        batch.Reads.Store(batch.Transaction);
        foreach (var command in commands)
            batch.Transaction.Fenced(command.Feed, batch.Of(command.ChannelId, command.Caller).Fence);
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
