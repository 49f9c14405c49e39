using ChatGenius.Contracts.Realtime;
using ChatGenius.Realtime.Connections;
using Xunit;
using static ChatGenius.Realtime.Connections.ConnectionState;

namespace ChatGenius.FeedsTests.Connections;

public class ConnectionStatesTests
{
    /// <summary>Every step that a connection may take, and what is said of it. What is not here is refused.</summary>
    static readonly (ConnectionState From, ConnectionState To, string Cause, int? Code)[] s_legal =
    [
        (Connecting, Syncing, "sync", null),
        (Connecting, Draining, "draining", CloseCode.Draining),
        (Connecting, Closed, "lost", null),
        (Syncing, Live, "synced", null),
        (Syncing, Behind, "overflow", null),
        (Syncing, Draining, "draining", CloseCode.Draining),
        (Syncing, Closed, "lost", null),
        (Live, Syncing, "sync", null),
        (Live, Behind, "overflow", null),
        (Live, Draining, "draining", CloseCode.Draining),
        (Live, Closed, "lost", null),
        (Behind, Syncing, "sync", null),
        (Behind, Draining, "draining", CloseCode.Draining),
        (Behind, Closed, "lost", null),
        (Draining, Closed, "closed", CloseCode.Draining),
    ];

    public static TheoryData<string, string> Legal => Pairs(legal: true);

    public static TheoryData<string, string> Illegal => Pairs(legal: false);

    [Theory]
    [MemberData(nameof(Legal))]
    public void Step_Legal_IsTakenAndToldOnceWithItsCause(string from, string to)
    {
        var step = s_legal.Single(s => (s.From, s.To) == (Of(from), Of(to)));
        var one = new OneConnection();
        one.GoTo(step.From);
        Assert.Equal(step.From, one.State);
        one.Moves.Clear();

        one.Try(step.To);

        Assert.True(ConnectionStates.MayFollow(step.From, step.To));
        Assert.Equal(step.To, one.State);
        Assert.Equal(new ConnectionMove(step.From, step.To, step.Cause, step.Code), Assert.Single(one.Moves));
    }

    [Theory]
    [MemberData(nameof(Illegal))]
    public void Step_Illegal_IsRefusedAndToldNobody(string from, string to)
    {
        Assert.False(ConnectionStates.MayFollow(Of(from), Of(to)));
        if (Of(to) == Connecting)
            return;
        var one = new OneConnection();
        one.GoTo(Of(from));
        one.Moves.Clear();

        one.Try(Of(to));

        Assert.Equal(Of(from), one.State);
        Assert.Empty(one.Moves);
    }

    [Fact]
    public void Overflow_TellsToSync_AndTheSyncMakesItLiveAgain()
    {
        var one = new OneConnection();
        one.GoTo(Behind);

        one.Steps.Do(one.Line.ReadOn);
        Assert.Equal(2, Assert.Single(one.Line.Written, w => w.ToSync.Count > 0).ToSync.Count);
        one.Try(Syncing);
        one.Try(Live);

        Assert.Equal([Syncing, Live, Behind, Syncing, Live], one.Moves.Select(move => move.To));
    }

    static TheoryData<string, string> Pairs(bool legal)
    {
        var pairs = new TheoryData<string, string>();
        foreach (var from in Enum.GetValues<ConnectionState>())
            foreach (var to in Enum.GetValues<ConnectionState>().Where(to => s_legal.Any(step => step.From == from && step.To == to) == legal))
                pairs.Add(from.ToString(), to.ToString());
        return pairs;
    }

    static ConnectionState Of(string name) => Enum.Parse<ConnectionState>(name);
}
