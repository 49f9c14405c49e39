using ChatGenius.Hosting.Auth;
using ChatGenius.Realtime.Connections;
using ChatGenius.Realtime.Presence;
using ChatGenius.Realtime.Syncing;
using ChatGenius.Realtime.Typing;

namespace ChatGenius.Realtime.Hubs;

/// <summary>The hub: <see cref="IChatHub"/> with arguments as they came, so that what is wrong with them has a code.</summary>
internal sealed class ChatHub(
    LiveConnections connections, Syncer syncer, AccessTokenValidator tokens, TypingNotices typing, PresenceBoard presence, QualityMeters meters, TokenMeters tokenMeters) : Hub
{
    LiveConnection Connection => connections.Get(Context.ConnectionId);

    public Task<SyncAnswer> Sync(JsonElement positions) =>
        Said(() => syncer.SyncAsync(SyncPositions.Parse(positions, Connection.UserId), Connection.UserId, Connection, Context.ConnectionAborted));

    public Task Unwatch(JsonElement feeds) => Said(() =>
    {
        foreach (var name in HubArguments.Feeds(feeds, Connection.UserId))
            if (Connection.Feeds.TryGetValue(name, out var feed))
                feed.Readers.Unregister(Connection);
        return Task.FromResult(true);
    });

    public Task Typing(JsonElement channelId) => Said(() => typing.SayAsync(Connection, HubArguments.Id(channelId, "channelId")));

    public Task SetPresence(JsonElement state) => Said(() => presence.SetAsync(Connection, HubArguments.State(state)));

    public Task WatchPresence(JsonElement userIds) => Said(() => presence.WatchAsync(Connection, HubArguments.Ids(userIds, "userIds")));

    public Task<TokenRenewed> Renew(JsonElement accessToken) => Said(async () =>
    {
        var caller = await tokens.ValidateAsync(HubArguments.Text(accessToken, "accessToken"), Context.ConnectionAborted);
        if (caller.UserId() != Connection.UserId || caller.SessionId() != Connection.SessionId)
            throw new ProblemException(ErrorCodes.Forbidden, "The token is of another user or session than the connection.");
        Connection.Renewed(caller.TokenExpiry());
        tokenMeters.Swapped();
        return new TokenRenewed { ExpiresAt = Connection.ExpiresAt };
    });

    public Task Report(JsonElement quality) => Said(() => Task.FromResult(meters.Record(HubArguments.Read<ConnectionQuality>(quality, "quality"))));

    static async Task<T> Said<T>(Func<Task<T>> body)
    {
        try
        {
            return await body();
        }
        catch (ProblemException problem)
        {
            throw new HubException(problem.Message);
        }
        catch (Exception away) when (away is HttpRequestException or TimeoutException or System.Data.Common.DbException)
        {
            throw new HubException($"{ErrorCodes.Unavailable.Code}: {ErrorCodes.Unavailable.Remedy}");
        }
    }
}
