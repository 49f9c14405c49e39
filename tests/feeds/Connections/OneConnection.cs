using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Realtime;
using ChatGenius.Realtime;
using ChatGenius.Realtime.Connections;
using ChatGenius.TestSupport.Stepping;

namespace ChatGenius.FeedsTests.Connections;

/// <summary>One connection on a clock that the test moves, and every step that it took.</summary>
internal sealed class OneConnection
{
    readonly LiveConnection _connection;
    int _sync;

    public OneConnection()
    {
        var owner = new ConnectionOwner(Guid.CreateVersion7(), "session", Steps.Time.GetUtcNow().AddHours(1), "webSockets");
        _connection = new LiveConnection(Line, owner, new RealtimeSettings { QueueDeltas = 1 }, Steps.Time, (_, move) => Moves.Add(move));
    }

    public Steps Steps { get; } = new();
    public PlayedLine Line { get; } = new("one");
    public List<ConnectionMove> Moves { get; } = [];
    public ConnectionState State => _connection.State;

    /// <summary>Takes the shortest way to a state.</summary>
    public void GoTo(ConnectionState state)
    {
        if (state is ConnectionState.Syncing or ConnectionState.Live or ConnectionState.Behind)
            Try(ConnectionState.Syncing);
        if (state is ConnectionState.Live or ConnectionState.Behind)
            Try(ConnectionState.Live);
        if (state is ConnectionState.Behind or ConnectionState.Draining or ConnectionState.Closed)
            Try(state);
    }

    /// <summary>Does what brings a connection to a state, where it may go there.</summary>
    public void Try(ConnectionState state)
    {
        switch (state)
        {
            case ConnectionState.Syncing:
                _sync = _connection.BeginSync();
                break;
            case ConnectionState.Live:
                _connection.EndSync(_sync);
                break;
            case ConnectionState.Behind:
                Overflow();
                break;
            case ConnectionState.Draining:
                Steps.Do(() => _ = _connection.CloseAsync(CloseCode.Closing(CloseCode.Draining), "draining"));
                break;
            case ConnectionState.Closed:
                _connection.Closed();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(state), state, "Nothing brings a connection there.");
        }
    }

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time) => Steps.Pass(time);

    // One delta is being written, one waits, and the next meets the bound.
    void Overflow()
    {
        Line.StopReading();
        for (var feed = 0; feed < 3; feed++)
            Steps.Do(() => _connection.Send(Outgoing.Of(new Delta { Feed = FeedName.Messages(Guid.CreateVersion7()).ToString(), Epoch = 1, From = 0, To = 1, Items = [] })));
    }
}
