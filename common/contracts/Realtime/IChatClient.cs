using ChatGenius.Contracts.Feeds;

namespace ChatGenius.Contracts.Realtime;

/// <summary>What the hub says to a client.</summary>
public interface IChatClient
{
    /// <summary>Something changed in a feed that this connection takes live.</summary>
    Task Delta(Delta delta);

    /// <summary>Compare these heads with what is held, and sync what is behind.</summary>
    Task Heads(IReadOnlyList<Head> heads);

    /// <summary>The connection's queue overflowed: sync these feeds.</summary>
    Task Behind(IReadOnlyList<string> feeds);

    /// <summary>The connection no longer receives these feeds: sync them to learn why.</summary>
    Task Dropped(IReadOnlyList<string> feeds);

    /// <summary>Somebody writes. Ephemeral.</summary>
    Task Typing(TypingSeen typing);

    /// <summary>Who is here. Ephemeral.</summary>
    Task Presence(IReadOnlyList<PresenceSeen> presence);

    /// <summary>The access token ends then: renew it.</summary>
    Task Expiring(TokenExpiring expiring);

    /// <summary>The connection is about to close.</summary>
    Task Closing(ConnectionClosing closing);
}
