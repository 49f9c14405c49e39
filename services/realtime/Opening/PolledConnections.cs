using System.Collections.Concurrent;

namespace ChatGenius.Realtime.Opening;

/// <summary>
/// The connections of this instance that are polled, and the sessions that they belong to. What ends a connection is the last that waits for it, and a poll has to come for it: so its polls are let in when its
/// session has ended and when its token has expired, until the connection itself is closed for that, with the code. Thread-safe.
/// </summary>
internal sealed class PolledConnections(TimeProvider time)
{
    /// <summary>How long after its end the rest is there to be taken: between two polls a client is away for a way there and back.</summary>
    static readonly TimeSpan s_linger = TimeSpan.FromSeconds(5);

    // By connection token, which SignalR makes and nobody can guess.
    readonly ConcurrentDictionary<string, string> _sessions = new(StringComparer.Ordinal);

    /// <summary>Takes in a connection.</summary>
    public void Open(string connectionToken, string session) => _sessions[connectionToken] = session;

    /// <summary>Lets go of a connection that ended, when the rest was there to be taken for a while. Never throws.</summary>
    public async Task CloseAsync(string connectionToken)
    {
        await Task.Delay(s_linger, time);
        _sessions.TryRemove(connectionToken, out _);
    }

    /// <summary>True when the request asks for what waits for a connection of the session.</summary>
    public bool IsPoll(HttpRequest request, string session) =>
        HttpMethods.IsGet(request.Method) && _sessions.TryGetValue(request.Query["id"].ToString(), out var held) && held == session;
}
