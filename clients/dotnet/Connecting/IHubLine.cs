using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Realtime;

namespace ChatGenius.Client;

/// <summary>
/// One connection to the hub, from its start to its end; a new one is made for each attempt. It is made with the sink of its events, so what comes with the first frame has somewhere to go.
/// A refusal by the hub is a <see cref="ChatHubException"/>; any other exception means that the line is lost.
/// </summary>
internal interface IHubLine : IAsyncDisposable
{
    /// <summary>Connects. Called once.</summary>
    Task StartAsync(string accessToken, CancellationToken cancellation);

    Task<SyncAnswer> SyncAsync(IReadOnlyList<SyncPosition> positions, CancellationToken cancellation);
    Task UnwatchAsync(IReadOnlyList<string> feeds, CancellationToken cancellation);
    Task<TokenRenewed> RenewAsync(string accessToken, CancellationToken cancellation);
    Task TypingAsync(Guid channelId, CancellationToken cancellation);
    Task SetPresenceAsync(string state, CancellationToken cancellation);
    Task WatchPresenceAsync(IReadOnlyList<Guid> userIds, CancellationToken cancellation);
    Task ReportAsync(ConnectionQuality quality, CancellationToken cancellation);

    /// <summary>Completes, and never fails, when the line that was started has ended; its result is what ended it as the line sees it. What the server said is <see cref="IHubEvents.Closing"/>.</summary>
    Task<LineEnd> Closed { get; }

    /// <summary><c>webSockets</c>, <c>serverSentEvents</c> or <c>longPolling</c>; null while unknown.</summary>
    string? Transport { get; }
}

/// <summary>What a line tells. Called one at a time, in the order of arrival.</summary>
internal interface IHubEvents
{
    void Delta(Delta delta);
    void Heads(IReadOnlyList<Head> heads);
    void Behind(IReadOnlyList<string> feeds);
    void Dropped(IReadOnlyList<string> feeds);
    void Typing(TypingSeen typing);
    void Presence(IReadOnlyList<PresenceSeen> presence);
    void Expiring(TokenExpiring expiring);
    void Closing(ConnectionClosing closing);
}

/// <summary>How a line ended, or failed to start.</summary>
/// <param name="Detail">For the log.</param>
internal sealed record LineEnd(ConnectionCause Cause, string Detail);
