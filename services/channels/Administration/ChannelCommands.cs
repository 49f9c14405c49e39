using ChatGenius.Channels.Access;
using ChatGenius.Channels.Changing;
using ChatGenius.Channels.Members;
using ChatGenius.Hosting.Administration;

namespace ChatGenius.Channels.Administration;

/// <summary>What an operator may do with channels on the command line; what is said in them is none of it.</summary>
internal static class ChannelCommands
{
    public static IReadOnlyList<AdminCommand> All { get; } =
    [
        new("channel list", "", "list all public and private channels", ListAsync),
        new("channel archive", "CHANNEL", "archive a channel: it stays readable, and nobody can post", (s, call, c) => ChangeAsync(s, call, new ChangeChannel { Archived = true }, "is archived", c)),
        new("channel restore", "CHANNEL", "bring an archived channel back", (s, call, c) => ChangeAsync(s, call, new ChangeChannel { Archived = false }, "is back", c)),
        new("channel rename", "CHANNEL NAME", "give a channel another name", (s, call, c) => ChangeAsync(s, call, new ChangeChannel { Name = call[1] }, $"is now {call[1]}", c)),
        new("channel members", "CHANNEL", "list who is in a channel, by user id", MembersAsync),
        new("channel make-owner", "CHANNEL USER-ID", "make a member an owner, or let somebody in as one", MakeOwnerAsync),
    ];

    static async Task ListAsync(IServiceProvider services, AdminCall call, CancellationToken cancellation)
    {
        await using var db = services.GetRequiredService<Database<ChannelsContext>>().Open();
        await call.Output.WriteLineAsync($"{"ID",-36}  {"KIND",-7}  {"STATE",-8}  {"MEMBERS",7}  NAME");
        await foreach (var channel in db.Channels.Where(c => c.Kind != ChannelKind.Direct).OrderBy(c => c.NameKey).AsAsyncEnumerable().WithCancellation(cancellation))
            await call.Output.WriteLineAsync($"{channel.Id:D}  {channel.Kind,-7}  {(channel.Archived ? "archived" : ""),-8}  {channel.MemberCount,7}  {channel.Name}");
    }

    static async Task ChangeAsync(IServiceProvider services, AdminCall call, ChangeChannel change, string now, CancellationToken cancellation)
    {
        var id = await IdAsync(services, call[0], cancellation);
        await services.GetRequiredService<ChannelChange>().ApplyAsync(Asker.Operator, id, change, cancellation);
        await call.Output.WriteLineAsync($"{call[0]} {now}.");
    }

    static async Task MembersAsync(IServiceProvider services, AdminCall call, CancellationToken cancellation)
    {
        var id = await IdAsync(services, call[0], cancellation);
        await using var db = services.GetRequiredService<Database<ChannelsContext>>().Open();
        await foreach (var member in db.Memberships.Where(m => m.ChannelId == id && !m.Left).OrderBy(m => m.UserId).AsAsyncEnumerable().WithCancellation(cancellation))
            await call.Output.WriteLineAsync($"{member.UserId:D}  {member.Role}");
    }

    static async Task MakeOwnerAsync(IServiceProvider services, AdminCall call, CancellationToken cancellation)
    {
        if (!Guid.TryParse(call[1], out var user))
            throw new AdminException($"{call[1]} is no user id; `user list` shows them.");
        await services.GetRequiredService<Joining>().PutAsync(Asker.Operator, await IdAsync(services, call[0], cancellation), user, MemberRole.Owner, cancellation);
        await call.Output.WriteLineAsync($"{call[1]} owns {call[0]}.");
    }

    // By id or by name; direct channels have no name and are nobody's to administer.
    static async Task<Guid> IdAsync(IServiceProvider services, string channel, CancellationToken cancellation)
    {
        await using var db = services.GetRequiredService<Database<ChannelsContext>>().Open();
        var (key, id) = (ChannelText.NameKey(channel.TrimStart('#')), Guid.TryParse(channel, out var given) ? given : Guid.Empty);
        return await db.Channels.Where(c => c.Kind != ChannelKind.Direct && (c.NameKey == key || c.Id == id)).OrderBy(c => c.Id).Select(c => (Guid?)c.Id).FirstOrDefaultAsync(cancellation)
            ?? throw new AdminException($"There is no channel {channel}; `channel list` shows them all.");
    }
}
