using System.Threading.Channels;
using ChatGenius.Messages.Membership;

namespace ChatGenius.Messages.Writing;

/// <summary>
/// Commits what waits together, for whichever channels, as one transaction, and answers each caller after the commit.
/// <list type="number">
/// <item>Callers put commands into a bounded queue; when it is full they are told so at once.</item>
/// <item>The one writer takes what waits and has it committed. After a commit it rests for as long as that took, <see cref="LongestRest"/> at most, so that under load more comes together; after a
/// silence nobody waits.</item>
/// <item>When that fails, each command is tried once more alone, so that a bad one fails alone; not when the whole database is away.</item>
/// <item>A command that needs newer memberships has them brought, and waits once more.</item>
/// </list>
/// Thread-safe.
/// </summary>
/// <param name="members">The copy of the members feeds.</param>
/// <param name="commit">Applies commands in one transaction and commits it.</param>
/// <param name="isAway">True for a failure that trying each command alone would only repeat.</param>
/// <param name="failed">Told of a transaction of several commands that failed.</param>
/// <param name="time">The clock.</param>
/// <param name="bug">None, but in tests.</param>
internal sealed class GroupCommit(
    Members members, Func<IReadOnlyList<WriteCommand>, Task> commit, Func<Exception, bool> isAway, Action<Exception, int> failed, TimeProvider time, Bug bug = Bug.None)
{
    /// <summary>Commands that may wait.</summary>
    public const int QueueLimit = 8192;

    /// <summary>Commands in one transaction.</summary>
    public const int BatchLimit = 128;

    /// <summary>The longest rest between two commits.</summary>
    public static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(5);

    readonly System.Threading.Channels.Channel<WriteCommand> _queue =
        System.Threading.Channels.Channel.CreateBounded<WriteCommand>(new BoundedChannelOptions(QueueLimit) { SingleReader = true });

    /// <summary>Commands that wait for a transaction.</summary>
    public int Waiting => _queue.Reader.Count;

    /// <summary>Has a command carried out, with memberships as new as it needs.</summary>
    /// <exception cref="ProblemException">It was refused; nothing was written.</exception>
    public async Task<T> RunAsync<T>(Func<WriteCommand<T>> command, CancellationToken cancellation)
    {
        for (var (reached, verified) = (false, false); ;)
        {
            var attempt = command();
            attempt.HasReachedMembers = reached;
            if (!_queue.Writer.TryWrite(attempt))
                throw new ProblemException(ErrorCodes.Overloaded);
            await attempt.SettledAsync().WaitAsync(cancellation);
            switch (attempt.Admission)
            {
                case Admission.MembersBehind:
                    await members.ReachAsync(attempt.ChannelId, attempt.Members!, cancellation);
                    reached = true;
                    break;
                case Admission.NotMember when !verified && bug != Bug.RefusalFromAStaleCopy:
                    await members.VerifyAsync(attempt.ChannelId, cancellation);
                    verified = true;
                    break;
                case Admission.NotMember:
                    throw attempt.Standing!.Refusal();
                default:
                    return attempt.Refused is { } refusal ? throw refusal : attempt.Result!;
            }
        }
    }

    /// <summary>Takes in no more; what waits is still carried out and answered.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    /// <summary>Commits until the queue is completed and empty.</summary>
    public async Task WriteAsync()
    {
        var batch = new List<WriteCommand>(BatchLimit);
        var (ended, took) = (time.GetTimestamp(), TimeSpan.Zero);
        while (await _queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            if ((took < LongestRest ? took : LongestRest) - time.GetElapsedTime(ended) is { Ticks: > 0 } rest && Waiting < BatchLimit)
                await Task.Delay(rest, time);
            batch.Clear();
            while (batch.Count < BatchLimit && _queue.Reader.TryRead(out var command))
                batch.Add(command);
            var began = time.GetTimestamp();
            await CommitAsync([.. batch]);
            (ended, took) = (time.GetTimestamp(), time.GetElapsedTime(began));
        }
    }

    async Task CommitAsync(IReadOnlyList<WriteCommand> commands)
    {
        try
        {
            if (bug == Bug.AcknowledgeBeforeCommit)
                Settle(commands);
            await commit(commands);
            Settle(commands);
        }
        catch (Exception failure) when (commands.Count > 1 && !isAway(failure))
        {
            failed(failure, commands.Count);
            foreach (var command in commands)
                await CommitAsync([command]);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            foreach (var command in commands)
                command.Fail(failure);
        }
    }

    static void Settle(IReadOnlyList<WriteCommand> commands)
    {
        foreach (var command in commands)
            command.Settle();
    }
}
