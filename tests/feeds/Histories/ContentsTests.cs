using ChatGenius.Contracts;
using ChatGenius.Histories;
using Xunit;

namespace ChatGenius.FeedsTests.Histories;

/// <summary>What the checker finds in what is stored and held: invariants 1, 2, 3, 5 and 6.</summary>
public sealed class ContentsTests
{
    [Fact]
    public void Run_WithoutFault_HasNoViolation() => Assert.Empty(new Run().Violations());

    [Fact]
    public void EmptyRun_HasNoViolation() => Assert.Empty(HistoryChecker.Check([], Truth.Of([]), []));

    [Fact]
    public void CommitOrder_GapInSeqs_IsFound()
    {
        var run = new Run();
        run.Stored[4] = run.Stored[4] with { Seq = 6 };
        run.Log.Add(Run.Acknowledged(99, 5, 6));
        Assert.Contains(1, run.Violated());
    }

    [Fact]
    public void CommitOrder_HeadBeyondTheLastChange_IsFound()
    {
        var run = new Run { Head = 6, BobStands = new(1, 6) };
        Assert.Equal([1], run.Violated());
    }

    [Fact]
    public void CommitOrder_OneRevisionForTwo_IsFound()
    {
        var run = new Run();
        run.Log.Add(Run.Delta(99, 0, 5, reset: true, client: "carol", items: [Run.Message(1), Run.Message(2), Run.Message(3), Run.Message(4), Run.Message(9, 5)]));
        Assert.Contains(1, run.Violated());
    }

    [Fact]
    public void CommitOrder_SomethingAppearsBelowAHeadThatWasSaid_IsFound()
    {
        var run = new Run();
        // Carol was told (0, 5] while the third was not yet committed.
        run.Log.Add(Run.Delta(99, 0, 5, reset: true, client: "carol", items: [Run.Message(1), Run.Message(2), Run.Message(4), Run.Message(5)]));
        Assert.Equal([1], run.Violated());
    }

    [Fact]
    public void CommitOrder_ResetWithAFloor_NeedNotCarryWhatIsBelow()
    {
        var run = new Run();
        run.Log.Add(Run.Delta(99, 0, 5, reset: true, client: "carol", floor: 4, items: [Run.Message(4), Run.Message(5)]));
        Assert.Empty(run.Violations());
    }

    [Fact]
    public void NoLoss_HoleInWhatIsHeld_IsFound()
    {
        var run = new Run();
        run.HeldByBob.RemoveAt(2);
        Assert.Equal([2], run.Violated());
    }

    [Fact]
    public void NoLoss_BelowTheFloor_IsNone()
    {
        var run = new Run { Floor = 3 };
        run.HeldByBob.RemoveRange(0, 2);
        Assert.Empty(run.Violations());
    }

    [Fact]
    public void NoDouble_SameClientIdStoredTwice_IsFound()
    {
        var run = new Run();
        run.Post(6, 60);
        run.Log.Add(Run.Delta(65, 5, 6));
        run.Stored[5] = run.Stored[5] with { ClientId = Run.ClientId(1), Body = null };
        (run.HeldByBob, run.BobStands) = ([.. run.Entities], new(1, 6));
        Assert.Contains(3, run.Violated());
    }

    [Fact]
    public void NoDouble_RetryAcknowledgedAsAnotherMessage_IsFound()
    {
        var run = new Run();
        run.Log.Add(Run.Acknowledged(99, 1, message: 2));
        Assert.Contains(3, run.Violated());
    }

    [Fact]
    public void NoDouble_RetryAcknowledgedAsTheSame_IsNone()
    {
        var run = new Run();
        run.Log.Add(Run.Acknowledged(99, 1));
        Assert.Empty(run.Violations());
    }

    [Fact]
    public void NoDouble_PendingAndStoredOnOneScreen_IsFound()
    {
        var run = new Run();
        run.Log.Add(new ScreenShown(99, "ann", Run.Channel, [(Run.Ann, Run.ClientId(1)), (Run.Ann, Run.ClientId(2)), (Run.Ann, Run.ClientId(1))]));
        Assert.Equal([3], run.Violated());
    }

    [Fact]
    public void Durable_AcknowledgedAndGone_IsFound()
    {
        var run = new Run();
        run.Log.Add(Run.Acknowledged(99, 6));
        Assert.Equal([5], run.Violated());
    }

    [Fact]
    public void Durable_UnacknowledgedAndGone_IsNone()
    {
        var run = new Run();
        run.Log.Add(new SendAttempted(99, Run.Ann, Run.ClientId(6), Run.Channel, "text 6"));
        Assert.Empty(run.Violations());
    }

    [Fact]
    public void Durable_RefusedAndStored_IsFound()
    {
        var run = new Run();
        run.Post(6, 60);
        run.Log.Add(Run.Delta(65, 5, 6));
        (run.HeldByBob, run.BobStands) = ([.. run.Entities], new(1, 6));
        Assert.Empty(run.Violations());
        run.Stored[5] = run.Stored[5] with { ClientId = Run.ClientId(7), Body = null };
        run.Log.Add(new SendRefused(99, Run.Ann, Run.ClientId(7), Run.Channel, "not_a_member"));
        Assert.Contains(run.Violations(), violation => violation.Invariant == 5 && violation.What.Contains("not_a_member", StringComparison.Ordinal));
    }

    [Fact]
    public void Durable_OtherText_IsFound()
    {
        var run = new Run();
        run.Stored[0] = run.Stored[0] with { Body = "text 2" };
        Assert.Equal([5], run.Violated());
    }

    [Fact]
    public void Durable_AcknowledgedEditThatIsGone_IsFound()
    {
        var run = new Run();
        run.Log.Add(new ChangeAcknowledged(99, Run.Ann, Run.Feed, Run.MessageId(1).ToString("D"), 6));
        Assert.Equal([5], run.Violated());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Durable_LostWithARestore_IsNoneOnlyIfItWasDeclared(bool declared)
    {
        var run = new Run();
        run.Log.Add(Run.Acknowledged(70, 6));
        if (declared)
            run.Log.Add(new HistoryRestored(80, "messages", 2));
        run.Log.Add(Run.Delta(90, 0, 5, reset: true, epoch: 2));
        (run.Epoch, run.BobStands) = (2, new(2, 5));
        Assert.Equal(declared ? [] : [5], run.Violated());
    }

    [Fact]
    public void Equivalence_OldRevisionHeld_IsFound()
    {
        var run = new Run();
        run.Entities[0] = Run.Message(1, revision: 6);
        run.Log.Add(Run.Delta(99, 5, 6, items: [Run.Message(1, revision: 6)]));
        run.BobStands = new(1, 6);
        Assert.Equal([6], run.Violated());
        run.HeldByBob[0] = run.Entities[0];
        Assert.Empty(run.Violations());
    }

    [Fact]
    public void Equivalence_OtherContent_IsFound()
    {
        var run = new Run();
        run.HeldByBob[1] = run.HeldByBob[1] with { Content = 77 };
        Assert.Equal([6], run.Violated());
    }

    [Fact]
    public void Equivalence_HeldAndNotThere_IsFound()
    {
        var run = new Run();
        run.HeldByBob.Add(Run.Message(9));
        Assert.Equal([6], run.Violated());
    }

    [Fact]
    public void ContentHash_SameContentWrittenOtherwise_IsTheSame()
    {
        var one = ContractsJson.ToItem(new { id = "é", revision = 1, deep = new { a = 1, b = new[] { 1, 2 } } });
        using var other = System.Text.Json.JsonDocument.Parse("""{"deep":{"b":[1, 2],"a":1},"revision":1,"id":"\u00e9"}""");
        using var different = System.Text.Json.JsonDocument.Parse("""{"deep":{"b":[2, 1],"a":1},"revision":1,"id":"\u00e9"}""");
        Assert.Equal(ContentHash.Of(one), ContentHash.Of(other.RootElement));
        Assert.NotEqual(ContentHash.Of(one), ContentHash.Of(different.RootElement));
    }
}
