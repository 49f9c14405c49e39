using System.Text.Json;
using System.Text.Json.Nodes;
using ChatGenius.Contracts;
using ChatGenius.Contracts.Channels;
using ChatGenius.Contracts.Edge;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Contracts.Messages;

namespace ChatGenius.Client;

public sealed partial class ChatApi
{
    /// <summary>Creates a channel, or answers the one that a repeated <c>clientId</c> or the same people of a direct channel made before.</summary>
    public Task<CreatedChannel> CreateChannelAsync(CreateChannel channel, CancellationToken cancellation = default) =>
        CallAsync<CreatedChannel>(HttpMethod.Post, "api/v1/channels", channel, cancellation);

    /// <summary>Public channels and the caller's own, page after page.</summary>
    public IAsyncEnumerable<Channel> ChannelsAsync(string? query = null, CancellationToken cancellation = default) => PagesAsync(async cursor =>
    {
        var page = await GetAsync<Page<Channel>>(Query("api/v1/channels", ("query", query), ("limit", Limits.PageMax), ("cursor", cursor)), cancellation);
        return (page.Items, page.Next);
    }, cancellation);

    public Task<Channel> ChannelAsync(Guid channel, CancellationToken cancellation = default) => GetAsync<Channel>($"api/v1/channels/{channel}", cancellation);

    /// <summary>Renames a channel, changes its topic, archives it or brings it back.</summary>
    public Task<ChangedChannel> ChangeChannelAsync(Guid channel, ChangeChannel change, CancellationToken cancellation = default) =>
        ChangeAsync<ChangedChannel>(FeedName.Members(channel), HttpMethod.Patch, $"api/v1/channels/{channel}", change, changed => OfType("channel", changed.Channel with { Feed = null }), cancellation);

    /// <summary>The side bar: all of the caller's channels, whole.</summary>
    public async Task<SideBar> MyChannelsAsync(CancellationToken cancellation = default)
    {
        var (items, bar) = (new List<SideBarChannel>(), (SideBar?)null);
        do
        {
            var page = await GetAsync<SideBar>(Query("api/v1/users/me/channels", ("limit", Limits.PageMax), ("cursor", bar?.Next)), cancellation);
            items.AddRange(page.Items);
            // The whole is as new as its oldest page.
            bar = page with { Feed = bar?.Feed ?? page.Feed };
        }
        while (bar.Next is not null);
        return bar with { Items = items };
    }

    /// <summary>Changes one's own settings for a channel.</summary>
    public Task<MyChannel> ChangeMyChannelAsync(Guid channel, ChangeMyChannel change, CancellationToken cancellation = default) =>
        ChangeAsync<MyChannel>(Own(FeedName.UserChannels), HttpMethod.Patch, $"api/v1/users/me/channels/{channel}", change, ContractsJson.ToItem, cancellation);

    /// <summary>A page of the present members, in the order of their user ids; <c>next</c> of the one before is the cursor.</summary>
    public Task<MembersPage> MembersAsync(Guid channel, string? cursor = null, int limit = Limits.PageMax, CancellationToken cancellation = default) =>
        GetAsync<MembersPage>(Query($"api/v1/channels/{channel}/members", ("limit", limit), ("cursor", cursor)), cancellation);

    /// <summary>Joins (oneself), invites (others), or changes a role; null keeps the role, or makes a new one <c>member</c>.</summary>
    public Task<ChangedMembership> PutMemberAsync(Guid channel, Guid user, string? role = null, CancellationToken cancellation = default) =>
        ChangeAsync<ChangedMembership>(FeedName.Members(channel), HttpMethod.Put, $"api/v1/channels/{channel}/members/{user}", new PutMember { Role = role }, Item, cancellation);

    /// <summary>Leaves (oneself) or removes. Leaving a direct channel hides it.</summary>
    public Task<ChangedMembership> RemoveMemberAsync(Guid channel, Guid user, CancellationToken cancellation = default) =>
        ChangeAsync<ChangedMembership>(FeedName.Members(channel), HttpMethod.Delete, $"api/v1/channels/{channel}/members/{user}", null, Item, cancellation);

    /// <summary>Moves the caller's read position, never past the last seq; back only with <paramref name="force"/>.</summary>
    public Task<ReadPosition> MarkReadAsync(Guid channel, long seq, bool force = false, CancellationToken cancellation = default) =>
        ChangeAsync<ReadPosition>(Own(FeedName.Reads), HttpMethod.Put, $"api/v1/channels/{channel}/read", new ReadUpTo { Seq = seq, Force = force }, ContractsJson.ToItem, cancellation);

    FeedName? Own(Func<Guid, FeedName> feed) => _tokens.UserId is { } me ? feed(me) : null;

    static JsonElement Item(ChangedMembership changed) => OfType("member", changed.Membership);

    static JsonElement OfType<T>(string type, T entity)
    {
        var item = JsonSerializer.SerializeToNode(entity, ContractsJson.Options)!.AsObject();
        item["type"] = type;
        return JsonSerializer.SerializeToElement<JsonNode>(item, ContractsJson.Options);
    }
}
