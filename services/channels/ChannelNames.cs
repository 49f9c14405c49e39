using Microsoft.Data.Sqlite;
using Npgsql;

namespace ChatGenius.Channels;

/// <summary>Names are unique among all public and private channels, archived ones included.</summary>
internal static class ChannelNames
{
    const int SqliteUniqueViolation = 2067;

    /// <summary>Stores what changed, with the name of a channel that may be taken.</summary>
    /// <exception cref="ProblemException"><c>name_taken</c>.</exception>
    public static async Task SaveWithNameAsync(this ChannelsContext db, ChannelRow channel, CancellationToken cancellation)
    {
        if (await db.Channels.AnyAsync(c => c.NameKey == channel.NameKey && c.Id != channel.Id, cancellation))
            throw new ProblemException(ErrorCodes.NameTaken);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException race) when (race.InnerException is SqliteException { SqliteExtendedErrorCode: SqliteUniqueViolation }
            or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new ProblemException(ErrorCodes.NameTaken);
        }
    }
}
