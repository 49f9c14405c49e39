using System.Data.Common;
using System.Text.Json;

namespace ChatGenius.Channels.KnownUsers;

/// <summary>Keeps <c>known_users</c> as the <c>users</c> feed says.</summary>
internal sealed class UsersReplica : IFeedReplica<ChannelsContext>
{
    public IReadOnlyCollection<FeedKind> Kinds { get; } = [FeedKind.Users];

    public Task ClearAsync(ChannelsContext db, DbTransaction sql, FeedName feed, CancellationToken cancellation) =>
        sql.RunAsync("DELETE FROM known_users", cancellation);

    public async Task ApplyAsync(ChannelsContext db, DbTransaction sql, FeedName feed, IReadOnlyList<JsonElement> items, CancellationToken cancellation)
    {
        if (items.Count == 0)
            return;
        await using var command = sql.Command("");
        var rows = new List<string>(items.Count);
        foreach (var item in items)
        {
            rows.Add($"(@p{command.Parameters.Count},@p{command.Parameters.Count + 1})");
            command.Bind(item.GetProperty("id").GetGuid(), item.GetProperty("active").GetBoolean());
        }
        command.CommandText = $"INSERT INTO known_users (id, active) VALUES {string.Join(',', rows)} ON CONFLICT (id) DO UPDATE SET active = excluded.active";
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
