using System.Data.Common;

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
        var standings = new Dictionary<(Guid, Guid), Standing>();
        // One statement sees one state: the position is that of what is read with it.
        statements.Ask(
            command => $"""
                WITH asked (channel_id, user_id, members) AS ({command.Rows(
                    asked.Select(a => a.Channel).ToArray(), asked.Select(a => a.User).ToArray(), asked.Select(a => FeedName.Members(a.Channel).ToString()).ToArray())})
                SELECT a.channel_id, a.user_id, {Columns} FROM asked a {Joined("a.members", "a.channel_id", "a.user_id")}
                """,
            row => standings[(row.GetGuid(0), row.GetGuid(1))] = Read(row, 2));
        return one => standings[one];
    }

    /// <summary>The columns that <see cref="Read"/> reads.</summary>
    public const string Columns = "f.epoch, f.revision, c.kind, c.archived, s.role";

    /// <summary>What a query joins for <see cref="Columns"/>.</summary>
    /// <param name="members">What says the name of the members feed in it.</param>
    /// <param name="channel">The channel's id.</param>
    /// <param name="user">The user's id.</param>
    public static string Joined(string members, string channel, string user) =>
        $"""
        LEFT JOIN followed_feeds f ON f.id = {members}
        LEFT JOIN channel_copies c ON c.id = {channel}
        LEFT JOIN member_copies s ON s.channel_id = {channel} AND s.user_id = {user} AND s.gone = false
        """;

    /// <summary>A standing as a query gives it.</summary>
    public static Standing Read(DbDataReader row, int first) => new(
        row.IsDBNull(first + 2) ? null : row.GetString(first + 2), !row.IsDBNull(first + 3) && row.GetBoolean(first + 3), row.IsDBNull(first + 4) ? null : row.GetString(first + 4),
        row.IsDBNull(first) ? new Fence() : new Fence { Epoch = row.GetInt64(first), Revision = row.GetInt64(first + 1) });
}
