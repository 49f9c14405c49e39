namespace ChatGenius.Realtime.LiveFeeds;

/// <summary>
/// How long a feed rests after it has handed a delta to its connections: in proportion to how many they are, since each is a frame of its own, whatever the number of messages in it. A message after a
/// silence goes out at once, and so do a few after it where readers are not thousands; in a busy feed with many readers, what comes during the rest leaves as one delta. Pure.
/// </summary>
/// <param name="ForEach">The rest for each connection; zero for none.</param>
/// <param name="AtLeast">The shortest rest, where there is one.</param>
/// <param name="AtMost">The longest rest.</param>
/// <param name="Credit">
/// How much rest a feed may owe: so long deltas follow each other at once before it has to take them. In a silence it takes those that it owes. A time and no number of deltas: the more connections a
/// delta goes to, the longer do those behind it wait that could have gone with it.
/// </param>
/// <param name="Together">To how many connections a delta goes at once, before other work of the process has its turn; 0 for all of them.</param>
/// <param name="InTurn">How many connections a feed has before they have their turns one group after the other, with a share of the rest after each (<see cref="ReaderTurns"/>); 0 for no groups.</param>
internal readonly record struct DeliveryPace(TimeSpan ForEach, TimeSpan AtLeast, TimeSpan AtMost, TimeSpan Credit, int Together, int InTurn)
{
    /// <summary>
    /// 40 µs for each connection, 100 ms at most: about what a frame to one connection costs of processor time in this service, in the gateway and where it is read, so that one feed keeps about one core busy
    /// at most where all are on one machine, and its messages wait 40 ms longer at most where there are 1,000 readers. Where a frame costs more than its rest, frames leave nothing to those who send, and few messages are in each. 20 ms at
    /// least, since nobody sees more than 50 changes a second. A few that come close together after a silence do not wait (docs/adr/0023-a-busy-feed-rests.md).
    /// </summary>
    public static readonly DeliveryPace Default = new(TimeSpan.FromMicroseconds(40), TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(60), 32, 128);

    /// <summary>Below this, the frames of a feed's few readers are not worth a rest.</summary>
    static readonly TimeSpan s_worthIt = TimeSpan.FromMilliseconds(1);

    /// <summary>The rest after a delta to so many connections.</summary>
    public TimeSpan Between(int connections)
    {
        var rest = ForEach * connections;
        return rest < s_worthIt ? TimeSpan.Zero : rest < AtLeast ? AtLeast : rest < AtMost ? rest : AtMost;
    }

    /// <summary>How long a feed rests before its next delta; none when not positive.</summary>
    /// <param name="rest">The rest after the last one.</param>
    /// <param name="owed">The rest that it owes: what each delta added, less the time since.</param>
    public TimeSpan Before(TimeSpan rest, TimeSpan owed)
    {
        var due = owed - Credit;
        // Rests that are owed for connections that have gone are let go.
        return due < rest ? due : rest;
    }
}

/// <summary>The rests of one feed: what it owes, and when its next delta may go. Rests are taken while nothing is handed out: on a busy machine that takes longer than a rest, and would pay for each. Not thread-safe.</summary>
/// <param name="pace">How long they are.</param>
/// <param name="time">The clock.</param>
internal sealed class DeliveryRests(DeliveryPace pace, TimeProvider time)
{
    TimeSpan _owed;
    long _at;
    TimeSpan _rest;

    /// <summary>How long the next delta may gather more; none when not positive.</summary>
    public TimeSpan Due => pace.Before(_rest, Left());

    /// <summary>A delta begins to be handed out.</summary>
    public void Begin() => _owed = Left();

    /// <summary>It was handed out, in one of so many turns.</summary>
    public void End(int connections, int turns)
    {
        _rest = pace.Between(connections) / Math.Max(turns, 1);
        (_owed, _at) = (_owed + _rest, time.GetTimestamp());
    }

    TimeSpan Left() => _owed - time.GetElapsedTime(_at) is { Ticks: > 0 } left ? left : TimeSpan.Zero;
}
