using System.Data.Common;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using ChatGenius.Messages.Membership;
using ChatGenius.Messages.Posting;
using Microsoft.Data.Sqlite;

namespace ChatGenius.Messages.Writing;

/// <summary>
/// Commits what waits together, for whichever channels, as one transaction, and answers each caller after the commit.
/// <list type="number">
/// <item>Callers put commands into a bounded queue; when it is full they are told so at once.</item>
/// <item>The one writer takes what waits, locks the feeds of all of it in order, and reads the memberships after the lock.</item>
/// <item>Posts are stored together; every other command is applied by itself, in the same transaction.</item>
/// <item>When the transaction fails, each command is tried once more alone, so that a bad one fails alone.</item>
/// </list>
/// Thread-safe.
/// </summary>
internal sealed partial class WritePipeline : BackgroundService
{
    /// <summary>Commands that may wait.</summary>
    public const int QueueLimit = 8192;

    /// <summary>Commands in one transaction.</summary>
    public const int BatchLimit = 128;

    readonly System.Threading.Channels.Channel<WriteCommand> _queue = System.Threading.Channels.Channel.CreateBounded<WriteCommand>(new BoundedChannelOptions(QueueLimit) { SingleReader = true });
    readonly FeedWriter<MessagesContext> _writer;
    readonly Members _members;
    readonly TimeProvider _time;
    readonly ILogger<WritePipeline> _logger;
    readonly Histogram<int> _batchSize;

    public WritePipeline(FeedWriter<MessagesContext> writer, Members members, TimeProvider time, IMeterFactory meters, ILogger<WritePipeline> logger)
    {
        (_writer, _members, _time, _logger) = (writer, members, time, logger);
        _batchSize = meters.Create("ChatGenius.Messages").CreateHistogram<int>("chatgenius.messages.commit.size", "{command}", "Commands in one transaction.");
    }

    /// <summary>Has a command carried out, with memberships as new as it needs.</summary>
    /// <exception cref="ProblemException">It was refused; nothing was written.</exception>
    public async Task<T> RunAsync<T>(Func<WriteCommand<T>> command, CancellationToken cancellation)
    {
        for (var verified = false; ;)
        {
            var attempt = command();
            if (!_queue.Writer.TryWrite(attempt))
                throw new ProblemException(ErrorCodes.Overloaded);
            await attempt.Settled.WaitAsync(cancellation);
            switch (attempt.Admission)
            {
                case Admission.MembersBehind:
                    await _members.ReachAsync(attempt.ChannelId, attempt.Members!, cancellation);
                    break;
                case Admission.NotMember when !verified:
                    await _members.VerifyAsync(attempt.ChannelId, cancellation);
                    verified = true;
                    break;
                case Admission.NotMember:
                    throw attempt.Standing!.Refusal();
                default:
                    return attempt.Refused is { } refusal ? throw refusal : attempt.Result!;
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<WriteCommand>(BatchLimit);
        // Ends when the queue is completed and empty: what was taken in is carried out and answered.
        while (await _queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            batch.Clear();
            while (batch.Count < BatchLimit && _queue.Reader.TryRead(out var command))
                batch.Add(command);
            await CommitAsync(batch);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        if (ExecuteTask is { } running)
            await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    async Task CommitAsync(IReadOnlyList<WriteCommand> commands)
    {
        try
        {
            await _writer.WriteAsync(commands.SelectMany(c => c.Feeds), tx => ApplyAsync(tx, commands), CancellationToken.None);
            _batchSize.Record(commands.Count);
            foreach (var command in commands)
                command.Settle();
        }
        catch (Exception failure) when (commands.Count > 1 && !IsAway(failure))
        {
            LogBatchFailed(failure.GetType().Name, commands.Count);
            foreach (var command in commands)
                await CommitAsync([command]);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            foreach (var command in commands)
                command.Fail(failure);
        }
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
