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
    /// <summary>Reads the standing of each user in each channel, in the order asked for.</summary>
    public static async Task<Dictionary<(Guid Channel, Guid User), Standing>> ReadAsync(DbTransaction sql, IReadOnlyCollection<(Guid Channel, Guid User)> asked, CancellationToken cancellation)
    {
        var channels = asked.Select(a => a.Channel).Distinct().ToArray();
        // The positions are read first: what is read after them is at least as new as they say.
        await using var command = sql.Command("");
        command.CommandText =
            $"""
            SELECT id, epoch, revision FROM followed_feeds WHERE {command.In("id", Array.ConvertAll(channels, c => FeedName.Members(c).ToString()))};
            SELECT id, kind, archived FROM channel_copies WHERE {command.In("id", channels)};
            SELECT channel_id, user_id, role FROM member_copies WHERE gone = false
                AND (channel_id, user_id) IN ({command.Rows(asked.Select(a => a.Channel).ToArray(), asked.Select(a => a.User).ToArray())})
            """;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var fences = new Dictionary<Guid, Fence>();
        while (await reader.ReadAsync(cancellation))
            fences[FeedName.Parse(reader.GetString(0)).Id] = new Fence { Epoch = reader.GetInt64(1), Revision = reader.GetInt64(2) };
        await reader.NextResultAsync(cancellation);
        var kinds = new Dictionary<Guid, (string Kind, bool Archived)>();
        while (await reader.ReadAsync(cancellation))
            kinds[reader.GetGuid(0)] = (reader.GetString(1), reader.GetBoolean(2));
        await reader.NextResultAsync(cancellation);
        var roles = new Dictionary<(Guid, Guid), string>();
        while (await reader.ReadAsync(cancellation))
            roles[(reader.GetGuid(0), reader.GetGuid(1))] = reader.GetString(2);
        return asked.Distinct().ToDictionary(a => a, a => new Standing(
            kinds.TryGetValue(a.Channel, out var channel) ? channel.Kind : null, channel.Archived, roles.GetValueOrDefault(a), fences.GetValueOrDefault(a.Channel) ?? new Fence()));
    }

    /// <summary>Reads one standing in a snapshot.</summary>
    public static async Task<Standing> ReadAsync(MessagesContext db, Guid channel, Guid user, CancellationToken cancellation)
    {
        var sql = Microsoft.EntityFrameworkCore.Storage.DbContextTransactionExtensions.GetDbTransaction(db.Database.CurrentTransaction!);
        return (await ReadAsync(sql, [(channel, user)], cancellation))[(channel, user)];
    }
}
