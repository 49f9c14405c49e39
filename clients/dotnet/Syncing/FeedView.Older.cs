using ChatGenius.Contracts.Messages;

namespace ChatGenius.Client;

public sealed partial class FeedView
{
    // channel, before, limit
    internal Func<Guid, long, int, CancellationToken, Task<MessagePage>>? Pages { get; init; }

    internal Func<int, CancellationToken, Task>? PageBackOff { get; init; }

    /// <summary>Brings the messages just below the floor, and lowers it. For messages feeds that are taken live.</summary>
    /// <param name="limit">At most so many, 1 to 200.</param>
    /// <returns>False when there are none: the whole channel is held.</returns>
    /// <exception cref="ChatApiException">The channel may not be read any more.</exception>
    public async Task<bool> OlderAsync(int limit = 50, CancellationToken cancellation = default)
    {
        if (Pages is null || PageBackOff is null)
            throw new InvalidOperationException($"{Name} has no history.");
        await UntilAsync(view => view.Position.Epoch > 0, cancellation);
        for (var tries = 0; Floor is > 1 and var floor; tries++)
        {
            if (TryJoin(await Pages(Name.Id, floor, limit, cancellation)))
                return true;
            // A reset came in between, or another page: the floor is elsewhere now.
            if (Floor == floor)
                await PageBackOff(tries, cancellation);
        }
        return false;
    }
}
