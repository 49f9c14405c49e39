using ChatGenius.Histories;
using Xunit;

namespace ChatGenius.FeedsTests.Histories;

/// <summary>What the checker finds in how things went: invariants 4, 7, 8, 9 and 10.</summary>
public sealed class CoursesTests
{
    [Theory]
    [InlineData(3, 4, false, 1)] // an old delta once more
    [InlineData(0, 4, true, 1)] // an old reset of the same epoch
    [InlineData(5, 6, false, 2)] // another epoch without a reset
    [InlineData(6, 7, false, 1)] // over a gap
    public void Order_WrongStep_IsFound(long from, long to, bool reset, long epoch)
    {
        var run = new Run();
        run.Log.Add(Run.Delta(99, from, to, reset, epoch));
        Assert.Contains(4, run.Violated());
    }

    [Fact]
    public void Order_ResetsAtOrAboveAndIntoANewerEpoch_AreNone()
    {
        var run = new Run();
        run.Log.Add(Run.Delta(98, 0, 5, reset: true));
        run.Log.Add(Run.Delta(99, 0, 4, reset: true, epoch: 2));
        Assert.DoesNotContain(4, run.Violated());
    }

    [Theory]
    [InlineData(1, 4, false, true)]
    [InlineData(1, 4, true, true)]
    [InlineData(2, 4, false, true)]
    [InlineData(0, 0, false, true)]
    [InlineData(1, 6, false, false)]
    [InlineData(2, 4, true, false)]
    public void Order_PositionMoves_AreJudgedAlike(long epoch, long revision, bool byReset, bool wrong)
    {
        var run = new Run();
        run.Log.Add(new PositionMoved(98, "carol", Run.Feed, Place.Nothing, new(1, 5), ByReset: true));
        run.Log.Add(new PositionMoved(99, "carol", Run.Feed, new(1, 5), new(epoch, revision), byReset));
        Assert.Equal(wrong ? [4] : [], run.Violated());
    }

    [Theory]
    [InlineData(4, false)] // accepted before the removal
    [InlineData(5, true)] // at the removal
    [InlineData(6, true)] // after it
    public void Fence_ContentForTheRemoved_IsFound(long fence, bool leak)
    {
        var run = Removed();
        run.Post(6, 60);
        run.Log.Add(Run.Delta(80, 5, 6, fence: new(1, fence)));
        Assert.Equal(leak ? [7] : [], run.Violated());
    }

    [Fact]
    public void Fence_AfterTheReJoinWasAskedFor_EverythingMayCome()
    {
        var run = Removed();
        run.Post(6, 60);
        run.Log.Add(new MembershipChanged(75, Run.Channel, Run.Bob, Joined: true, new(1, 7), AskedAt: 70));
        run.Log.Add(Run.Delta(72, 5, 6, fence: new(1, 6)));
        (run.BobMayRead, run.HeldByBob, run.BobStands) = (true, [.. run.Entities], new(1, 6));
        Assert.Empty(run.Violations());
    }

    [Fact]
    public void Fence_BeforeTheReJoinWasAskedFor_IsFound()
    {
        var run = Removed();
        run.Post(6, 60);
        run.Log.Add(Run.Delta(69, 5, 6, fence: new(1, 6)));
        run.Log.Add(new MembershipChanged(75, Run.Channel, Run.Bob, Joined: true, new(1, 7), AskedAt: 70));
        (run.BobMayRead, run.HeldByBob, run.BobStands) = (true, [.. run.Entities], new(1, 6));
        Assert.Equal([7], run.Violated());
    }

    [Fact]
    public void Fence_SentAfterTheRemoval_IsALeakWhateverFenceTheServerSays()
    {
        var run = Removed();
        run.Post(6, 60, members: new(1, 5));
        run.Log.Add(Run.Delta(80, 5, 6, fence: new(1, 4)));
        Assert.Equal([7], run.Violated());
    }

    [Fact]
    public void Fence_HeldByTheRemoved_IsALeakWithoutADelta()
    {
        var run = Removed();
        run.Post(6, 60, members: new(1, 5));
        run.HeldByBob.Add(Run.Message(6));
        Assert.Equal([7], run.Violated());
    }

    [Theory]
    [InlineData(10_100, false)]
    [InlineData(10_101, true)]
    public void Convergence_LateAfterTheHealing_IsFound(long reachedAfter, bool late)
    {
        var run = new Run(messages: 4);
        run.Log.Add(new FaultBegan(51, "broker"));
        run.Post(5, 52);
        run.Log.Add(new FaultHealed(100, "broker"));
        run.Log.Add(Run.Delta(reachedAfter, 4, 5));
        (run.HeldByBob, run.BobStands) = ([.. run.Entities], new(1, 5));
        run.Log.Add(new OwnerStood(20_000, Run.Feed, new(1, 5)));
        Assert.Equal(late ? [8] : [], run.Violated());
    }

    [Fact]
    public void Convergence_WhileTheTransportWasDown_IsNotAskedFor()
    {
        var run = new Run(messages: 4);
        run.Log.Add(new ConnectionClosed(50, "bob", CloseCause.Transport));
        run.Post(5, 52);
        run.Log.Add(new ConnectionOpened(30_000, "bob", Run.Bob, "session"));
        run.Log.Add(Run.Delta(39_000, 4, 5));
        (run.HeldByBob, run.BobStands) = ([.. run.Entities], new(1, 5));
        Assert.Empty(run.Violations());
    }

    [Fact]
    public void Convergence_LastDeltaLostForEver_IsFound()
    {
        var run = new Run(messages: 4);
        run.Post(5, 52);
        Assert.Equal([2, 8], run.Violated());
    }

    [Fact]
    public void Convergence_HeadSeenOnTheWay_HasToBeReachedToo()
    {
        var run = new Run(messages: 4);
        run.Log.Add(new OwnerStood(45, Run.Feed, new(1, 4)));
        Assert.Empty(run.Violations());
        run.Log.Add(new OwnerStood(46, Run.Feed, new(1, 5)));
        run.Post(5, 30_000);
        run.Log.Add(Run.Delta(30_001, 4, 5));
        (run.HeldByBob, run.BobStands) = ([.. run.Entities], new(1, 5));
        Assert.Equal([8], run.Violated());
    }

    [Fact]
    public void Continuity_ResumeWithoutAnOutcome_IsFound()
    {
        var run = new Run();
        run.Log.Add(new ResumeBegan(99, "bob", Run.Feed));
        Assert.Equal([9], run.Violated());
        run.Log.Add(new ResumeEnded(100, "bob", Run.Feed, ResumeOutcome.Failed));
        Assert.Equal([9], run.Violated());
        run.Log.Add(new ResumeEnded(101, "bob", Run.Feed, ResumeOutcome.Denied));
        Assert.Empty(run.Violations());
    }

    [Fact]
    public void Continuity_ResumeUnderWay_IsKnownUntilItsOutcome()
    {
        var run = new Run();
        Assert.Empty(HistoryChecker.Unanswered(run.Log.Snapshot()));
        run.Log.Add(new ResumeBegan(99, "bob", Run.Feed));
        Assert.Equal(99, Assert.Single(HistoryChecker.Unanswered(run.Log.Snapshot())).At);
        run.Log.Add(new ResumeEnded(100, "bob", Run.Feed, ResumeOutcome.Continued));
        Assert.Empty(HistoryChecker.Unanswered(run.Log.Snapshot()));
    }

    [Fact]
    public void Continuity_ResumeOfALostConnection_NeedsNone()
    {
        var run = new Run();
        run.Log.Add(new ResumeBegan(99, "bob", Run.Feed));
        run.Log.Add(new ConnectionClosed(100, "bob", CloseCause.Transport));
        Assert.Empty(run.Violations());
    }

    [Theory]
    [InlineData(ResumeOutcome.Continued, true, true)]
    [InlineData(ResumeOutcome.Reset, false, true)]
    [InlineData(ResumeOutcome.Continued, false, false)]
    [InlineData(ResumeOutcome.Reset, true, false)]
    public void Continuity_OutcomeThatIsNotWhatHappened_IsFound(ResumeOutcome outcome, bool reset, bool wrong)
    {
        var run = new Run();
        run.Resume(99, outcome, reset ? [Run.Delta(100, 0, 5, reset: true)] : []);
        Assert.Equal(wrong ? [9] : [], run.Violated());
    }

    [Theory]
    [InlineData(1_000, 12_000, false)]
    [InlineData(1_000, 12_001, true)]
    public void Authentication_DeliveredAfterTheExpiry_IsFound(long expires, long delivered, bool wrong)
    {
        var run = new Run(messages: 4);
        run.Log.Add(new ExpiryMoved(50, "bob", expires));
        run.Post(5, delivered - 1);
        run.Log.Add(Run.Delta(delivered, 4, 5));
        (run.HeldByBob, run.BobStands) = ([.. run.Entities], new(1, 5));
        Assert.Equal(wrong ? [10] : [], run.Violated());
    }

    [Theory]
    [InlineData(2_100, false)]
    [InlineData(2_101, true)]
    public void Authentication_DeliveredAfterTheRevocation_IsFound(long delivered, bool wrong)
    {
        var run = new Run(messages: 4);
        run.Post(5, 50);
        run.Log.Add(new SessionEnded(100, "session"));
        run.Log.Add(Run.Delta(delivered, 4, 5));
        run.Log.Add(new ConnectionClosed(delivered, "bob", CloseCause.Server, 4002));
        (run.HeldByBob, run.BobStands) = ([.. run.Entities], new(1, 5));
        Assert.Equal(wrong ? [10] : [], run.Violated());
    }

    [Fact]
    public void Authentication_ConnectionThatOutlivesItsSession_IsFound()
    {
        var run = new Run();
        run.Log.Add(new SessionEnded(100, "session"));
        run.Log.Add(new OwnerStood(2_101, Run.Feed, new(1, 5)));
        Assert.Equal([10], run.Violated());
    }

    [Theory]
    [InlineData(CloseCause.Server, null, true)]
    [InlineData(CloseCause.Server, 4007, true)]
    [InlineData(CloseCause.Server, 4003, false)]
    [InlineData(CloseCause.Transport, null, false)]
    [InlineData(CloseCause.Client, null, false)]
    public void Authentication_CloseWithoutACode_IsFound(CloseCause cause, int? code, bool wrong)
    {
        var run = new Run();
        run.Log.Add(new ConnectionClosed(99, "bob", cause, code));
        Assert.Equal(wrong ? [10] : [], run.Violated());
    }

    static Run Removed()
    {
        var run = new Run { BobMayRead = false };
        run.Log.Add(new MembershipChanged(55, Run.Channel, Run.Bob, Joined: false, new(1, 5), AskedAt: 54));
        return run;
    }
}
