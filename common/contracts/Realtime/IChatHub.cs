using ChatGenius.Contracts.Feeds;

namespace ChatGenius.Contracts.Realtime;

/// <summary>What a client may ask of the hub. Errors arrive as <c>code: text</c>.</summary>
public interface IChatHub
{
    /// <summary>Registers the connection for feeds, then reads them since the client's positions. At most 500 feeds a call.</summary>
    Task<SyncAnswer> Sync(IReadOnlyList<SyncPosition> positions);

    /// <summary>Stops receiving these feeds.</summary>
    Task Unwatch(IReadOnlyList<string> feeds);

    /// <summary>The caller writes in a channel.</summary>
    Task Typing(Guid channelId);

    /// <summary><c>active</c> or <c>away</c>.</summary>
    Task SetPresence(string state);

    /// <summary>Replaces the set of users whose presence the connection is told; at most 500.</summary>
    Task WatchPresence(IReadOnlyList<Guid> userIds);

    /// <summary>Swaps in a fresh access token of the same user and session.</summary>
    Task<TokenRenewed> Renew(string accessToken);

    /// <summary>Tells what the client saw of the network since last time.</summary>
    Task Report(ConnectionQuality quality);
}

/// <summary>The path of the hub.</summary>
public static class HubPath
{
    public const string Realtime = "/realtime";
}
