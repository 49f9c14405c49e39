namespace ChatGenius.Messages.Membership;

/// <summary>What a user is in a channel, as the copy says at a members position.</summary>
/// <param name="Kind">The channel's kind; null when the copy knows of no such channel.</param>
/// <param name="Archived">True when the channel takes no more content.</param>
/// <param name="Role">The user's role; null when the user is no member.</param>
/// <param name="Fence">The members position at which this was so.</param>
internal sealed record Standing(string? Kind, bool Archived, string? Role, Fence Fence)
{
    public bool IsMember => Kind is not null && Role is not null;

    /// <summary>True for those who may take away what others wrote.</summary>
    public bool Moderates => Role is MemberRole.Owner or MemberRole.Moderator;

    /// <summary>What is said to someone who is no member: only public channels are known to everyone.</summary>
    public ProblemException Refusal() => new(Kind == ChannelKind.Public ? ErrorCodes.NotAMember : ErrorCodes.NotFound);
}

/// <summary>The one place that reads who may do what in which channel, from the copy of the members feeds.</summary>
internal static class Standings
{
    /// <summary>Asks for the standing of each user in each channel; the answer is there once the statements have run.</summary>
    public static Func<(Guid Channel, Guid User), Standing> Ask(Statements statements, IReadOnlyCollection<(Guid Channel, Guid User)> asked)
    {
        var channels = asked.Select(a => a.Channel).Distinct().ToArray();
        var fences = new Dictionary<Guid, Fence>();
        var kinds = new Dictionary<Guid, (string Kind, bool Archived)>();
        var roles = new Dictionary<(Guid, Guid), string>();
        // The positions are read first: what is read after them is at least as new as they say.
        statements.Ask(
            command => $"SELECT id, epoch, revision FROM followed_feeds WHERE {command.In("id", Array.ConvertAll(channels, c => FeedName.Members(c).ToString()))}",
            row => fences[FeedName.Parse(row.GetString(0)).Id] = new Fence { Epoch = row.GetInt64(1), Revision = row.GetInt64(2) });
        statements.Ask(
            command => $"SELECT id, kind, archived FROM channel_copies WHERE {command.In("id", channels)}",
            row => kinds[row.GetGuid(0)] = (row.GetString(1), row.GetBoolean(2)));
        statements.Ask(
            command => $"""
                SELECT channel_id, user_id, role FROM member_copies WHERE gone = false
                AND (channel_id, user_id) IN ({command.Rows(asked.Select(a => a.Channel).ToArray(), asked.Select(a => a.User).ToArray())})
                """,
            row => roles[(row.GetGuid(0), row.GetGuid(1))] = row.GetString(2));
        return one => new Standing(
            kinds.TryGetValue(one.Channel, out var channel) ? channel.Kind : null, channel.Archived, roles.GetValueOrDefault(one), fences.GetValueOrDefault(one.Channel) ?? new Fence());
    }
}
