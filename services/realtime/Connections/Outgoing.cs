using System.Diagnostics;
using ChatGenius.Hosting.Telemetry;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatGenius.Realtime.Connections;

/// <summary>Something to be sent to any number of connections; serialised once for each protocol. Thread-safe.</summary>
internal sealed class Outgoing
{
    /// <summary>Connections of which a traced delta tells when they were handed it; the others would tell the same.</summary>
    const int TracedConnections = 4;

    readonly SerializedHubMessage _message;
    Join? _join;
    int _traced;

    Outgoing(string method, object argument, Delta? delta, int bytes, bool ephemeral)
    {
        _message = new SerializedHubMessage(new InvocationMessage(method, [argument]));
        (Delta, Bytes, IsEphemeral) = (delta, bytes, ephemeral);
    }

    /// <summary>The delta that it carries; null for everything else.</summary>
    public Delta? Delta { get; }

    /// <summary>The feeds that it tells the client to sync; empty for everything but <c>Behind</c>.</summary>
    public IReadOnlyList<string> ToSync { get; private init; } = [];

    /// <summary>About how large it is.</summary>
    public int Bytes { get; }

    /// <summary>True for what is left out first under pressure.</summary>
    public bool IsEphemeral { get; }

    public SerializedHubMessage Message => _message;

    /// <summary>Where its delta comes from.</summary>
    public DeliveryOrigin Origin { get; private init; }

    /// <summary>
    /// This and a later delta of the same feed as one; null when they cannot be joined. Connections for which the same two wait share what comes of it: it is joined and serialised once for
    /// all of them.
    /// </summary>
    public Outgoing? JoinedWith(Outgoing next)
    {
        if (Volatile.Read(ref _join) is { } known && known.Next == next)
            return known.Sum;
        var sum = Delta is { } first && next.Delta is { } second && Deltas.TryJoin(first, second, out var joined) ? Of(joined, Origin.Or(next.Origin)) : null;
        Volatile.Write(ref _join, new Join(next, sum));
        return sum;
    }

    /// <summary>Begins the last step of a message's trace: a connection's transport takes it. Null when it is not traced, or was for enough connections.</summary>
    public Activity? BeginHanding() =>
        Origin.Trace != default && Interlocked.Increment(ref _traced) <= TracedConnections ? Traces.Start("delta hand to connection", ActivityKind.Producer, Origin.Trace) : null;

    public static Outgoing Of(Delta delta, DeliveryOrigin origin = default) => new(nameof(IChatClient.Delta), delta, delta, Deltas.Bytes(delta), ephemeral: false) { Origin = origin };
    public static Outgoing Heads(IReadOnlyList<Head> heads) => Control(nameof(IChatClient.Heads), heads);
    public static Outgoing Behind(IReadOnlyList<string> feeds) => new(nameof(IChatClient.Behind), feeds, null, 256, ephemeral: false) { ToSync = feeds };
    public static Outgoing Dropped(IReadOnlyList<string> feeds) => Control(nameof(IChatClient.Dropped), feeds);
    public static Outgoing Expiring(DateTimeOffset at) => Control(nameof(IChatClient.Expiring), new TokenExpiring { At = at });
    public static Outgoing Closing(ConnectionClosing closing) => Control(nameof(IChatClient.Closing), closing);
    public static Outgoing Typing(TypingSeen typing) => new(nameof(IChatClient.Typing), typing, null, 128, ephemeral: true);
    public static Outgoing Presence(IReadOnlyList<PresenceSeen> presence) => new(nameof(IChatClient.Presence), presence, null, 64 * presence.Count, ephemeral: true);

    sealed record Join(Outgoing Next, Outgoing? Sum);

    static Outgoing Control(string method, object argument) => new(method, argument, null, 256, ephemeral: false);
}
