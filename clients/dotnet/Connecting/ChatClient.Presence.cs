using ChatGenius.Contracts.Realtime;
using Microsoft.Extensions.Logging;

namespace ChatGenius.Client;

public sealed partial class ChatClient
{
    string? _presence;
    IReadOnlyList<Guid> _presenceOf = [];

    /// <summary>Raised when somebody writes in a channel whose messages are watched.</summary>
    public event Action<TypingSeen>? Typing;

    /// <summary>Raised when the presence of watched users changes.</summary>
    public event Action<IReadOnlyList<PresenceSeen>>? Presence;

    /// <summary>Says that the caller writes in a channel. Not connected, it says nothing.</summary>
    /// <exception cref="ChatHubException">The channel may not be read.</exception>
    public Task SayTypingAsync(Guid channel, CancellationToken cancellation = default) => OnLineAsync(line => line.TypingAsync(channel, cancellation));

    /// <summary>Says whether the caller is here: <see cref="PresenceState.Active"/> or <see cref="PresenceState.Away"/>. Said again at each new connection.</summary>
    public Task SetPresenceAsync(string state, CancellationToken cancellation = default)
    {
        lock (_gate)
            _presence = state;
        return OnLineAsync(line => line.SetPresenceAsync(state, cancellation));
    }

    /// <summary>Sets whose presence is told by <see cref="Presence"/>, at most 500; the present states come at once, and again at each new connection.</summary>
    public Task WatchPresenceAsync(IReadOnlyList<Guid> users, CancellationToken cancellation = default)
    {
        lock (_gate)
            _presenceOf = [.. users];
        return OnLineAsync(line => line.WatchPresenceAsync(users, cancellation));
    }

    async Task RestorePresenceAsync(IHubLine line, CancellationToken cancellation)
    {
        string? presence;
        IReadOnlyList<Guid> users;
        lock (_gate)
            (presence, users) = (_presence, _presenceOf);
        try
        {
            if (presence is not null)
                await line.SetPresenceAsync(presence, cancellation);
            if (users.Count > 0)
                await line.WatchPresenceAsync(users, cancellation);
        }
        catch (ChatHubException refused)
        {
            LogPresenceRefused(refused.Code);
        }
    }

    [LoggerMessage(5007, LogLevel.Warning, "Presence was refused ({Code}).")]
    partial void LogPresenceRefused(string code);
}
