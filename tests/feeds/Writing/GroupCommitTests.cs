using ChatGenius.Contracts.Channels;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Hosting.Problems;
using ChatGenius.Messages.Membership;
using ChatGenius.Messages.Writing;
using ChatGenius.TestSupport.Stepping;
using Xunit;

namespace ChatGenius.FeedsTests.Writing;

public class GroupCommitTests
{
    static readonly InvalidOperationException s_bad = new("This command cannot be stored.");
    static readonly TimeoutException s_away = new("The database is away.");

    readonly Steps _steps = new();
    readonly List<int[]> _commits = [];
    readonly List<(Exception Why, int Count)> _failed = [];
    readonly GroupCommit _group;
    Func<int[], Task> _database = _ => Task.CompletedTask;

    // Nothing here asks for newer memberships.
    public GroupCommitTests() => _group = new GroupCommit(new Members(null!), CommitAsync, failure => failure == s_away, (why, count) => _failed.Add((why, count)), _steps.Time);

    [Fact]
    public void WhatWaits_IsCommittedTogether()
    {
        var commands = Send(1, 2, 3);
        Write();

        Assert.Equal([[1, 2, 3]], _commits);
        Assert.Equal([1, 2, 3], commands.Select(Steps.Done));
    }

    [Fact]
    public void MoreThanABatch_IsCommittedInSeveral()
    {
        var commands = Send([.. Enumerable.Range(0, GroupCommit.BatchLimit * 2 + 1)]);
        Write();

        Assert.Equal([GroupCommit.BatchLimit, GroupCommit.BatchLimit, 1], _commits.Select(c => c.Length));
        Assert.All(commands, c => Assert.True(c.IsCompletedSuccessfully));
    }

    [Fact]
    public void Batch_ThatFails_IsTriedOneByOne_AndTheBadOneFailsAlone()
    {
        _database = values => values.Contains(13) ? Task.FromException(s_bad) : Task.CompletedTask;
        var commands = Send(1, 13, 2, 3);
        Write();

        Assert.Equal([[1, 13, 2, 3], [1], [13], [2], [3]], _commits);
        Assert.Equal([(s_bad, 4)], _failed);
        Assert.Equal(s_bad, commands[1].Exception!.InnerException);
        Assert.Equal([1, 2, 3], commands.Where((_, i) => i != 1).Select(Steps.Done));
    }

    [Fact]
    public void Batch_ThatFindsTheDatabaseAway_FailsAsOne_AndTheNextIsTried()
    {
        _database = _ => Task.FromException(s_away);
        var commands = Send(1, 2, 3);
        Write();
        Assert.Equal([[1, 2, 3]], _commits);
        Assert.All(commands, c => Assert.Equal(s_away, c.Exception!.InnerException));

        _database = _ => Task.CompletedTask;
        Assert.Equal(4, Steps.Done(Send(4).Single()));
    }

    [Fact]
    public void Nobody_IsAnsweredBeforeTheCommit()
    {
        var commit = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _database = _ => commit.Task;
        var commands = Send(1, 2);
        Write();
        Assert.Single(_commits);
        Assert.All(commands, c => Assert.False(c.IsCompleted));

        _steps.Do(commit.SetResult);

        Assert.All(commands, c => Assert.True(c.IsCompletedSuccessfully));
    }

    [Fact]
    public void WhatComesDuringACommit_WaitsForTheNext()
    {
        var commit = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _database = _ => commit.Task;
        Send(1);
        Write();
        Send(2);
        Send(3);
        Assert.Equal([[1]], _commits);

        _steps.Do(commit.SetResult);

        Assert.Equal([[1], [2, 3]], _commits);
    }

    [Fact]
    public void AfterACommit_TheNextRestsAsLongAsThatTook_SoThatMoreComesTogether()
    {
        _database = _ => Task.Delay(TimeSpan.FromMilliseconds(3), _steps.Time);
        Write();
        Send(1);
        Assert.Equal([[1]], _commits);
        _steps.Pass(TimeSpan.FromMilliseconds(3));
        Send(2);
        _steps.Pass(TimeSpan.FromMilliseconds(2));
        Send(3);
        Assert.Equal([[1]], _commits);

        _steps.Pass(TimeSpan.FromMilliseconds(1));

        Assert.Equal([[1], [2, 3]], _commits);
    }

    [Fact]
    public void AfterASilence_NobodyWaits()
    {
        _database = _ => Task.Delay(TimeSpan.FromSeconds(1), _steps.Time);
        Write();
        Send(1);
        _steps.Pass(TimeSpan.FromSeconds(1) + GroupCommit.LongestRest);

        Send(2);

        Assert.Equal([[1], [2]], _commits);
    }

    [Fact]
    public void WholeBatch_DoesNotRest()
    {
        _database = _ => Task.Delay(TimeSpan.FromMilliseconds(3), _steps.Time);
        Write();
        Send(1);
        Send([.. Enumerable.Range(0, GroupCommit.BatchLimit)]);

        _steps.Pass(TimeSpan.FromMilliseconds(3));

        Assert.Equal([1, GroupCommit.BatchLimit], _commits.Select(c => c.Length));
    }

    [Fact]
    public void FullQueue_IsRefusedAtOnce()
    {
        Send([.. Enumerable.Range(0, GroupCommit.QueueLimit)]);

        Assert.Equal("overloaded", Assert.IsType<ProblemException>(Send(1).Single().Exception!.InnerException).Error.Code);
    }

    [Fact]
    public void Complete_AnswersWhatWaits()
    {
        var commands = Send(1, 2);
        _group.Complete();
        var writing = Write();

        Assert.True(writing.IsCompletedSuccessfully);
        Assert.Equal([1, 2], commands.Select(Steps.Done));
    }

    async Task CommitAsync(IReadOnlyList<WriteCommand> commands)
    {
        var values = commands.Cast<Numbered>().Select(c => c.Value).ToArray();
        _commits.Add(values);
        foreach (var command in commands.Cast<Numbered>())
            command.Decide();
        await _database(values);
    }

    List<Task<int>> Send(params int[] values)
    {
        var sent = new List<Task<int>>();
        _steps.Do(() => sent.AddRange(values.Select(value => _group.RunAsync(() => new Numbered(value) { ChannelId = Guid.CreateVersion7(), Caller = Guid.CreateVersion7() }, CancellationToken.None))));
        return sent;
    }

    Task Write()
    {
        var writing = Task.CompletedTask;
        _steps.Do(() => writing = _group.WriteAsync());
        return writing;
    }

    sealed class Numbered(int value) : WriteCommand<int>
    {
        public int Value => value;

        public void Decide()
        {
            Admit(new Standing(ChannelKind.Public, Archived: false, MemberRole.Member, new Fence()));
            Result = value;
        }
    }
}
