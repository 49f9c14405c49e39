using System.Diagnostics.Metrics;
using ChatGenius.Realtime;
using ChatGenius.Realtime.Connections;
using ChatGenius.TestSupport.Stepping;

namespace ChatGenius.FeedsTests.Connections;

/// <summary>The connections of an instance and the care of them, on a clock that the test moves.</summary>
internal sealed class OneInstance : IMeterFactory
{
    readonly CancellationTokenSource _stop = new();
    readonly HashSet<string> _ended = [];
    int _lines;

    public OneInstance()
    {
        Connections = new LiveConnections(Settings, _ended.Contains, new ConnectionMeters(this), Log, Steps.Time);
        // No process is as young as its clock.
        Steps.Pass(TimeSpan.FromSeconds(1));
        Care = new ConnectionCare(Connections, Steps.Time);
        Steps.Do(() => _ = Care.RunAsync(_stop.Token));
    }

    public RealtimeSettings Settings { get; } = new() { ConnectionsPerUser = 2 };
    public Steps Steps { get; } = new();

    /// <summary>The meters that were made.</summary>
    public List<Meter> Made { get; } = [];

    public PlayedLog Log { get; } = new();
    public LiveConnections Connections { get; }
    public ConnectionCare Care { get; }

    /// <summary>Opens a connection whose token is good for so long.</summary>
    public (LiveConnection Connection, PlayedLine Line) Open(TimeSpan? token = null, Guid? user = null, string session = "session", string transport = "webSockets")
    {
        var line = new PlayedLine($"line {++_lines}");
        var owner = new ConnectionOwner(user ?? Guid.CreateVersion7(), session, Steps.Time.GetUtcNow() + (token ?? TimeSpan.FromHours(1)), transport);
        LiveConnection? connection = null;
        Steps.Do(() => connection = Connections.Open(line, owner));
        return (connection!, line);
    }

    /// <summary>Ends a session, as the identity service says.</summary>
    public void End(string session)
    {
        _ended.Add(session);
        Steps.Do(() => Connections.End(session));
    }

    /// <summary>A session of which nobody was told anything, though it has ended.</summary>
    public void EndUnheard(string session) => _ended.Add(session);

    public Meter Create(MeterOptions options)
    {
        var meter = new Meter(options);
        Made.Add(meter);
        return meter;
    }

    public void Dispose() => _stop.Cancel();
}
