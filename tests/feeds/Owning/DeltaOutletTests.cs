using ChatGenius.Contracts.Feeds;
using ChatGenius.Feeds;
using ChatGenius.Feeds.Owning;
using ChatGenius.TestSupport.Stepping;
using Xunit;

namespace ChatGenius.FeedsTests.Owning;

public class DeltaOutletTests
{
    static readonly History s_history = new([.. Enumerable.Range(0, 9)]);

    readonly Steps _steps = new();
    readonly List<IReadOnlyList<Delta>> _sent = [];
    readonly List<(int Count, Exception? Why)> _lost = [];
    TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public void Publish_ToAFullQueue_IsCountedAndDoesNotWait()
    {
        var outlet = Outlet();
        for (var i = 0; i < DeltaOutlet.QueueLimit; i++)
            outlet.Publish([s_history.Since(0, 1)]);
        Assert.Empty(_lost);

        outlet.Publish([s_history.Since(0, 1), s_history.Since(1, 2), s_history.Since(2, 3)]);

        Assert.Equal([(3, null)], _lost);
    }

    [Fact]
    public void Unsent_CountsWhatIsCommittedAndNotCarriedYet()
    {
        var outlet = Outlet();
        Run(outlet);
        _steps.Do(() => outlet.Publish([s_history.Since(0, 1)]));
        _steps.Do(() => outlet.Publish([s_history.Since(1, 2)]));
        Assert.Equal(2, outlet.Unsent);

        _steps.Do(() => _answer.SetResult());
        Assert.Equal(0, outlet.Unsent);
    }

    [Fact]
    public void WhatWaits_LeavesTogether_JoinedWhereItTouches()
    {
        var outlet = Outlet();
        Run(outlet);
        // The first is under way; what follows waits for it.
        _steps.Do(() => outlet.Publish([s_history.Since(0, 1)]));
        var elsewhere = s_history.Since(0, 1) with { Feed = FeedName.Members(Guid.CreateVersion7()).ToString() };
        _steps.Do(() => outlet.Publish([s_history.Since(1, 2), elsewhere]));
        _steps.Do(() => outlet.Publish([s_history.Since(2, 3)]));
        _steps.Do(() => outlet.Publish([s_history.Since(5, 6)]));
        Assert.Single(_sent);

        Answer();

        Assert.Equal([(History.Feed, 1L, 3L), (elsewhere.Feed, 0L, 1L), (History.Feed, 5L, 6L)], _sent[1].Select(d => (d.Feed, d.From, d.To)));
        Assert.Equal(2, _sent.Count);
        Assert.Equal([2L, 3L], _sent[1][0].Items.Select(FeedItems.Revision));
    }

    [Fact]
    public void Send_ThatFails_IsCountedAndTheNextGoesOut()
    {
        var outlet = Outlet();
        Run(outlet);
        _steps.Do(() => outlet.Publish([s_history.Since(0, 1)]));
        var failure = new InvalidOperationException("The broker is away.");
        var answer = _answer;
        _answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _steps.Do(() => answer.SetException(failure));

        _steps.Do(() => outlet.Publish([s_history.Since(1, 2)]));

        Assert.Equal([(1, failure)], _lost);
        Assert.Equal(2, _sent.Count);
    }

    [Fact]
    public void Send_ThatHangs_IsGivenUpAndTheNextGoesOut()
    {
        var outlet = Outlet();
        Run(outlet);
        _steps.Do(() => outlet.Publish([s_history.Since(0, 1)]));
        _answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _steps.Do(() => outlet.Publish([s_history.Since(1, 2)]));
        Assert.Single(_sent);

        _steps.Pass(TimeSpan.FromSeconds(6));

        Assert.IsAssignableFrom<OperationCanceledException>(Assert.Single(_lost).Why);
        Assert.Equal(2, _sent.Count);
    }

    [Fact]
    public void Complete_SendsWhatWaitsAndEnds()
    {
        var outlet = Outlet();
        outlet.Publish([s_history.Since(0, 1)]);
        outlet.Complete();
        var running = Run(outlet);
        Assert.False(running.IsCompleted);

        Answer();

        Assert.True(running.IsCompletedSuccessfully);
        Assert.Single(_sent);
    }

    DeltaOutlet Outlet() => new(SendAsync, (count, why) => _lost.Add((count, why)), _steps.Time, inFlight: 1, Bug.None);

    async Task SendAsync(IReadOnlyList<Delta> deltas, CancellationToken cancellation)
    {
        _sent.Add(deltas);
        var answer = _answer;
        await using (cancellation.Register(() => answer.TrySetCanceled(cancellation)))
            await answer.Task;
    }

    Task Run(DeltaOutlet outlet)
    {
        var running = Task.CompletedTask;
        _steps.Do(() => running = outlet.RunAsync(CancellationToken.None));
        return running;
    }

    void Answer()
    {
        var answer = _answer;
        _answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _steps.Do(answer.SetResult);
    }
}
