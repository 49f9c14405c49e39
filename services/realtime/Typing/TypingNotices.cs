using System.Collections.Concurrent;
using ChatGenius.Realtime.Backplane;
using ChatGenius.Realtime.Connections;
using ChatGenius.Realtime.LiveFeeds;

namespace ChatGenius.Realtime.Typing;

/// <summary>Who writes where: said to the connections that take the channel's messages live, never stored, never part of a feed. Thread-safe.</summary>
internal sealed class TypingNotices(LiveFeedDirectory directory, IBackplane backplane, TimeProvider time)
{
    static readonly TimeSpan Shown = TimeSpan.FromSeconds(6);
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    readonly ConcurrentDictionary<(Guid Channel, Guid User), DateTimeOffset> _said = new();

    /// <summary>Says that the connection's user writes in a channel; more than once a second is once.</summary>
    /// <exception cref="ProblemException"><c>not_found</c>, when the user is no member.</exception>
    public async Task<bool> SayAsync(LiveConnection connection, Guid channel)
    {
        var feed = directory.Get(FeedName.Messages(channel));
        await feed.ActivateAsync(new SyncPosition { Feed = feed.Name.ToString() }, connection.Gone);
        if (!feed.Readers.MayRead(connection.UserId))
            throw new ProblemException(ErrorCodes.NotFound);
        var now = time.GetUtcNow();
        if (_said.TryGetValue((channel, connection.UserId), out var before) && now - before < Pause)
            return false;
        _said[(channel, connection.UserId)] = now;
        Forget(now);
        backplane.Publish(Topics.Typing(channel), new TypingSeen { ChannelId = channel, UserId = connection.UserId, Until = now + Shown });
        return true;
    }

    void Forget(DateTimeOffset now)
    {
        if (_said.Count > 1000)
            foreach (var (key, at) in _said)
                if (now - at > Shown)
                    _said.TryRemove(key, out _);
    }
}
