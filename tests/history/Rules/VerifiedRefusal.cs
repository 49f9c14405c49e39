using ChatGenius.Contracts.Feeds;

namespace ChatGenius.Histories.Rules;

/// <summary>7, the other way round: after a re-join nothing is missing. Who was made a member, and knows it, is not refused as none: a "no" is verified before it is said.</summary>
internal static class VerifiedRefusal
{
    static readonly string[] s_noMember = ["not_found", "not_a_member"];

    public static IEnumerable<Violation> Check(History history)
    {
        var changes = history.Of<MembershipChanged>().ToLookup(change => (change.Channel, change.User));
        var tried = new Dictionary<(Guid, Guid), long>();
        foreach (var attempt in history.Of<SendAttempted>())
            tried.TryAdd((attempt.Author, attempt.ClientId), attempt.At);
        foreach (var refused in history.Of<SendRefused>().Where(refused => s_noMember.Contains(refused.Code)))
            if (tried.TryGetValue((refused.Author, refused.ClientId), out var from)
                && changes[(refused.Channel, refused.Author)].Where(change => change.At <= from).MaxBy(change => change.At) is { Joined: true } join
                && !changes[(refused.Channel, refused.Author)].Any(change => !change.Joined && (change.AskedAt ?? change.At) <= refused.At && change.Members > join.Members)
                && !history.WasTakenBack(FeedName.Members(refused.Channel).ToString(), join.AskedAt ?? join.At, refused.At))
                yield return new Violation(7, $"A message of {refused.Author}, a member since {join.Members}, was refused as if of none.", Feeds.MessagesOf(refused.Channel), At: refused.At);
    }
}
