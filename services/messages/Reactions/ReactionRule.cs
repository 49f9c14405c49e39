namespace ChatGenius.Messages.Reactions;

/// <summary>What a reaction changes.</summary>
/// <param name="Row">The row that comes or goes.</param>
/// <param name="Added">True when it comes.</param>
/// <param name="Summary">What the message then says of its reactions, as JSON.</param>
internal sealed record ReactionStep(ReactionRow Row, bool Added, string Summary);

/// <summary>Reactions as a set: adding what is there and taking back what is not change nothing. Pure.</summary>
internal static class ReactionRule
{
    const int ShownUsers = 20;

    /// <summary>What a reaction changes; null when it is so already.</summary>
    /// <param name="all">The reactions that the message has.</param>
    /// <param name="reaction">The reaction that is added or taken back, as it would be stored.</param>
    /// <param name="present">True to add it.</param>
    /// <exception cref="ProblemException"><c>validation</c>: the message has as many different reactions as it may.</exception>
    public static ReactionStep? Decide(IReadOnlyList<ReactionRow> all, ReactionRow reaction, bool present)
    {
        var mine = all.FirstOrDefault(r => r.UserId == reaction.UserId && r.Emoji == reaction.Emoji);
        if (present == mine is not null)
            return null;
        if (mine is not null)
            return new ReactionStep(mine, false, Summary(all.Where(r => r != mine)));
        if (all.All(r => r.Emoji != reaction.Emoji) && all.Select(r => r.Emoji).Distinct().Count() >= Limits.ReactionsPerMessage)
            throw ProblemException.Field("emoji", $"the message has {Limits.ReactionsPerMessage} different reactions already");
        return new ReactionStep(reaction, true, Summary(all.Append(reaction)));
    }

    static string Summary(IEnumerable<ReactionRow> all) => JsonSerializer.Serialize(all.OrderBy(r => r.MadeAt).GroupBy(r => r.Emoji).Select(g => new Reaction
    {
        Emoji = g.Key,
        Count = g.Count(),
        UserIds = [.. g.Take(ShownUsers).Select(r => r.UserId)],
    }), ContractsJson.Options);
}
