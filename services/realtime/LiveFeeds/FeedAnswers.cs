using ChatGenius.Feeds;

namespace ChatGenius.Realtime.LiveFeeds;

/// <summary>
/// Answers those who come back to a feed: from what this instance has applied lately while it is known to stand where the owner does, else by asking the owner. What says that it is called under the gate
/// is; the rest is thread-safe.
/// </summary>
/// <param name="feed">The feed.</param>
/// <param name="reader">Where the instance stands.</param>
/// <param name="gate">The feed's gate.</param>
/// <param name="services">What the feeds share.</param>
internal sealed class FeedAnswers(LiveFeed feed, FeedReader reader, Lock gate, LiveFeedServices services)
{
    readonly RecentChanges _recent = new(feed.Name, services.Bug);
    readonly OwnersHead _ownersHead = new(reader, services.Tick + IFeedOwner.Patience, services.Time);
    Task? _asking;

    /// <inheritdoc cref="RecentChanges.Begin"/>
    /// <remarks>Called under the gate.</remarks>
    public void Begin(long epoch, long revision) => _recent.Begin(epoch, revision);

    /// <inheritdoc cref="RecentChanges.Add"/>
    /// <remarks>Called under the gate.</remarks>
    public void Add(Delta applied) => _recent.Add(applied);

    /// <inheritdoc cref="OwnersHead.Told"/>
    /// <remarks>Called under the gate.</remarks>
    public void Told(long at, Head head) => _ownersHead.Told(at, head);

    /// <summary>
    /// Answers a reader from what this instance has applied, if it has followed the owner up to this tick; null when the owner must be asked. While the next comparison is under way the last one counts:
    /// a machine that is busy with those who come back is slow to compare, and would send them all to the owner. Called under the gate, in the step that registered the reader: what comes after the
    /// answer is delivered to it.
    /// </summary>
    public FeedRead? Serve(SyncPosition position)
    {
        if (!_ownersHead.IsReached)
            return null;
        var head = new Head { Feed = position.Feed, Epoch = reader.Epoch, Revision = reader.Revision, LastSeq = feed.Readers.LastSeq };
        if (position.Mode == SyncMode.Heads || position.Partial || (position.Epoch == head.Epoch && position.Revision == head.Revision))
            return new FeedRead(null, head, null);
        return position is { Epoch: > 0 and { } epoch, Revision: { } revision } && _recent.Since(epoch, revision) is { } delta ? new FeedRead(delta, head, null) : null;
    }

    /// <summary>
    /// Asks the owner for a reader. One whom the instance itself could answer, did it know the owner's head, shares what another asks already, and is answered from here after it: an owner that is slow is
    /// asked once, however many come meanwhile. Who is not answered so asks for itself.
    /// </summary>
    /// <param name="position">Where the reader stands.</param>
    /// <param name="registered">True when what is applied meanwhile is delivered to it; one who is not always asks for itself.</param>
    /// <param name="cancellation">Gives up waiting; the call itself goes on for the others.</param>
    /// <exception cref="HttpRequestException">The owner is away.</exception>
    public async Task<FeedRead> AskAsync(SyncPosition position, bool registered, CancellationToken cancellation)
    {
        Task? asking;
        lock (gate)
            asking = registered && IsWithinReach(position) ? _asking : null;
        if (asking is { IsCompleted: false })
        {
            await asking.WaitAsync(cancellation);
            lock (gate)
                if (Serve(position) is { } served)
                {
                    services.Meters.Served(feed.Name);
                    return served;
                }
        }
        var asked = AskedAsync(position);
        lock (gate)
            if (_asking is null or { IsCompleted: true })
                _asking = asked;
        return await asked.WaitAsync(cancellation);
    }

    // Notes the head that the owner told: who comes next is answered from here without asking again.
    async Task<FeedRead> AskedAsync(SyncPosition position)
    {
        var askedAt = services.Time.GetTimestamp();
        var read = await services.Reads(feed.Name).ReadAsync(position, follower: false, CancellationToken.None);
        if (read.Head is { } head)
            lock (gate)
                _ownersHead.Told(askedAt, head);
        return read;
    }

    bool IsWithinReach(SyncPosition position) =>
        position.Mode == SyncMode.Heads || position.Partial || (position.Epoch == reader.Epoch && position.Revision >= _recent.From);
}
