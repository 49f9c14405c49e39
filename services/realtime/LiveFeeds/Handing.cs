using ChatGenius.Realtime.Connections;

namespace ChatGenius.Realtime.LiveFeeds;

/// <summary>A delta on its way to many connections, some at a time. Not thread-safe.</summary>
internal sealed class Handing(Outgoing outgoing, LiveConnection[] connections)
{
    int _done;

    public Outgoing Outgoing => outgoing;

    /// <summary>True when everyone had it.</summary>
    public bool IsDone => _done == connections.Length;

    /// <summary>The next so many.</summary>
    public ArraySegment<LiveConnection> Next(int count)
    {
        var next = new ArraySegment<LiveConnection>(connections, _done, Math.Min(count, connections.Length - _done));
        _done += next.Count;
        return next;
    }
}
