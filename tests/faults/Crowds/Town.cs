using ChatGenius.Client;
using ChatGenius.Contracts.Channels;
using ChatGenius.Contracts.Feeds;
using ChatGenius.FaultTests.LightClients;

namespace ChatGenius.FaultTests.Crowds;

/// <summary>Where a crowd talks: a channel for all, some for parts, and a door through which members go in and out.</summary>
/// <param name="Rooms">Channels with the users who are in them for good.</param>
/// <param name="Door">A channel of the first user, whom <see cref="Bouncer"/> lends the key.</param>
internal sealed record Town(IReadOnlyList<(Guid Channel, IReadOnlyList<Account> Members)> Rooms, Guid Door, Account Keeper, IReadOnlyList<Account> Visitors)
{
    public static async Task<Town> BuildAsync(ChatClient keeper, IReadOnlyList<Account> users)
    {
        var rooms = new List<(Guid, IReadOnlyList<Account>)>();
        foreach (var members in (IReadOnlyList<Account>[])[users, [.. users.Where((_, i) => i == 0 || i % 2 == 0)], [.. users.Where((_, i) => i == 0 || i % 2 == 1)]])
            rooms.Add((await MakeAsync(keeper, members), members));
        List<Account> visitors = [.. users.Skip(1).Take(4)];
        return new Town(rooms, await MakeAsync(keeper, [users[0], .. visitors]), users[0], visitors);
    }

    /// <summary>All channels that an account is or may be in.</summary>
    public IReadOnlyList<Guid> ChannelsOf(Account account)
    {
        List<Guid> own = [.. Rooms.Where(room => room.Members.Contains(account)).Select(room => room.Channel)];
        return account == Keeper || Visitors.Contains(account) ? [.. own, Door] : own;
    }

    /// <summary>What a client of an account watches.</summary>
    public IReadOnlyList<FeedName> FeedsOf(Account account) =>
        [.. ChannelsOf(account).SelectMany(channel => (FeedName[])[FeedName.Messages(channel), FeedName.Members(channel)]), FeedName.UserChannels(account.Id), FeedName.Reads(account.Id)];

    static async Task<Guid> MakeAsync(ChatClient keeper, IReadOnlyList<Account> members) => (await keeper.Api.CreateChannelAsync(new CreateChannel
    {
        Name = "c" + Guid.CreateVersion7().ToString("N"),
        Kind = ChannelKind.Private,
        MemberIds = [.. members.Skip(1).Select(member => member.Id)],
    })).Channel.Id;
}
