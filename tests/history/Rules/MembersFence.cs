using ChatGenius.Contracts.Feeds;

namespace ChatGenius.Histories.Rules;

/// <summary>7: what was accepted at or after a removal never reaches the removed, until they are members again. Two witnesses: the fence that the server says, and the position that the sender sent.</summary>
internal static class MembersFence
{
    public static IEnumerable<Violation> Check(History history)
    {
        var changes = history.Of<MembershipChanged>().GroupBy(change => (change.Channel, change.User))
            .ToDictionary(group => group.Key, group => group.OrderBy(change => change.Members).ToList());
        if (changes.Count == 0)
            yield break;
        var sentUnder = SentUnder(history);
        foreach (var delta in history.Of<DeltaApplied>())
        {
            if (FeedName.Parse(delta.Feed) is not { Kind: FeedKind.Messages } name || !changes.TryGetValue((name.Id, delta.User), out var own))
                continue;
            // A delta without content tells nothing to anybody.
            if (delta.Fence is { } fence && delta.Items.Count > 0 && IsLeak(history, own, fence, delta.At) is { } removal)
                yield return new Violation(7, $"Content under the members position {fence} reached {delta.User}, removed at {removal}.", delta.Feed, delta.Client, delta.At);
            foreach (var entity in delta.Items)
                if (sentUnder.TryGetValue(entity.Key, out var under) && IsLeak(history, own, under, delta.At) is { } removedAt)
                    yield return new Violation(7, $"The message {entity.Key}, sent under the members position {under}, reached {delta.User}, removed at {removedAt}.", delta.Feed, delta.Client, delta.At);
        }
        foreach (var held in history.Held.Where(held => !held.MayRead && FeedName.Parse(held.Feed).Kind == FeedKind.Messages))
            if (changes.TryGetValue((FeedName.Parse(held.Feed).Id, held.User), out var own))
                foreach (var entity in held.Entities)
                    if (sentUnder.TryGetValue(entity.Key, out var under) && IsLeak(history, own, under, long.MaxValue) is { } removal)
                        yield return new Violation(7, $"The message {entity.Key}, sent under the members position {under}, is held by {held.User}, removed at {removal}.", held.Feed, held.Client);
    }

    // The message by its key, and the members position that its sender sent with it.
    static Dictionary<string, Place> SentUnder(History history)
    {
        var sent = new Dictionary<(Guid, Guid), Place>();
        foreach (var tried in history.Of<SendAttempted>().Where(tried => tried.Members.Epoch > 0))
            sent[(tried.Author, tried.ClientId)] = tried.Members;
        var under = new Dictionary<string, Place>(StringComparer.Ordinal);
        foreach (var message in history.Truth.Feeds.Values.SelectMany(feed => feed.Messages))
            if (sent.TryGetValue((message.Author, message.ClientId), out var members))
                under[message.Id.ToString("D")] = members;
        return under;
    }

    // Who was removed at or before the fence, and had not even asked to be a member again when the content came.
    static Place? IsLeak(History history, List<MembershipChanged> own, Place fence, long at)
    {
        var last = own.FindLastIndex(change => change.Members <= fence);
        if (last < 0 || own[last].Joined || own.Skip(last + 1).Any(change => change.Joined && (change.AskedAt ?? change.At) <= at))
            return null;
        // A removal that a restore took back is none.
        return history.WasTakenBack(FeedName.Members(own[last].Channel).ToString(), own[last].AskedAt ?? own[last].At, at) ? null : own[last].Members;
    }
}
