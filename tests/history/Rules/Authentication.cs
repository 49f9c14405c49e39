using ChatGenius.Contracts.Realtime;

namespace ChatGenius.Histories.Rules;

/// <summary>10: nothing is delivered after the token's expiry and grace, or soon after the session's end; a server that closes says why.</summary>
internal static class Authentication
{
    public static IEnumerable<Violation> Check(History history)
    {
        var open = new Dictionary<string, Connection>(StringComparer.Ordinal);
        var ended = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var seen in history.Of<SessionEnded>())
            ended.TryAdd(seen.Session, seen.At);
        foreach (var seen in history.Log)
            switch (seen)
            {
                case ConnectionOpened opened:
                    open[opened.Client] = new Connection(opened.Session, opened.ExpiresAt);
                    break;
                case ExpiryMoved renewed when open.TryGetValue(renewed.Client, out var connection):
                    open[renewed.Client] = connection with { ExpiresAt = renewed.ExpiresAt };
                    break;
                case ConnectionClosed closed:
                    open.Remove(closed.Client);
                    if (closed is { Cause: CloseCause.Server, Code: null })
                        yield return new Violation(10, "The server closed without a code.", Client: closed.Client, At: closed.At);
                    else if (closed.Code is < CloseCode.Expired or > CloseCode.ProtocolError)
                        yield return new Violation(10, $"{closed.Code} is no close code.", Client: closed.Client, At: closed.At);
                    break;
                case DeltaApplied delta when open.TryGetValue(delta.Client, out var connection):
                    if (connection.ExpiresAt < long.MaxValue - history.Options.ExpiryGrace && delta.At > connection.ExpiresAt + history.Options.ExpiryGrace)
                        yield return new Violation(10, $"Something was delivered {delta.At - connection.ExpiresAt} ms after the token expired.", delta.Feed, delta.Client, delta.At);
                    if (ended.TryGetValue(connection.Session, out var at) && delta.At > at + history.Options.RevocationBound)
                        yield return new Violation(10, $"Something was delivered {delta.At - at} ms after the session ended.", delta.Feed, delta.Client, delta.At);
                    break;
            }
        foreach (var (client, connection) in open)
            if (ended.TryGetValue(connection.Session, out var at) && history.End > at + history.Options.RevocationBound)
                yield return new Violation(10, $"The connection still stands {history.End - at} ms after its session ended.", Client: client);
    }

    sealed record Connection(string Session, long ExpiresAt);
}
