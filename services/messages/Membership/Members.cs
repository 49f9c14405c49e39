using ChatGenius.Feeds.Following;

namespace ChatGenius.Messages.Membership;

/// <summary>Brings the copy of a members feed to where a decision needs it. Thread-safe.</summary>
/// <param name="follower">Keeps the copy.</param>
/// <param name="fences">Begins to time a wait, and gives what ends it; null when nobody measures.</param>
internal sealed class Members(Follower follower, Func<IDisposable>? fences = null)
{
    /// <summary>Brings the copy up to a position that a client knows of.</summary>
    /// <exception cref="ProblemException"><c>members_behind</c> when the channels service is away, <c>position_ahead</c> when there is no such position.</exception>
    public async Task ReachAsync(Guid channel, Fence wanted, CancellationToken cancellation)
    {
        using var waited = fences?.Invoke();
        var feed = FeedName.Members(channel);
        if (await follower.ReachAsync(feed, wanted, cancellation))
            return;
        if (!await follower.RefreshAsync(feed, cancellation))
            throw new ProblemException(ErrorCodes.MembersBehind);
        if (wanted.IsAfter(await follower.StandsAsync(feed, cancellation)))
            throw new ProblemException(ErrorCodes.PositionAhead, "members: this position lies beyond the channel's members feed.");
    }

    /// <summary>Asks the owner before a "no" is said.</summary>
    /// <exception cref="ProblemException"><c>members_behind</c> when the channels service is away.</exception>
    public async Task VerifyAsync(Guid channel, CancellationToken cancellation)
    {
        if (!await follower.RefreshAsync(FeedName.Members(channel), cancellation))
            throw new ProblemException(ErrorCodes.MembersBehind);
    }
}
