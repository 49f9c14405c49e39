using System.Text.Json;
using ChatGenius.Contracts;
using ChatGenius.Contracts.Channels;
using ChatGenius.Contracts.Errors;
using ChatGenius.Contracts.Feeds;
using ChatGenius.Feeds;
using ChatGenius.Feeds.Owning;
using ChatGenius.Hosting.Problems;

namespace ChatGenius.SimulationTests.World;

/// <summary>A channel's row; private, so that only members may read.</summary>
internal sealed record ChannelRow(Guid Id, long Revision)
{
    public JsonElement ToItem() => ContractsJson.ToItem(new { type = "channel", id = Id, kind = ChannelKind.Private, name = "c", archived = false, revision = Revision });
}

/// <summary>A membership's row.</summary>
internal sealed record MembershipRow(Guid ChannelId, Guid UserId, bool Left, long Revision, long UserRevision)
{
    public JsonElement ToItem() => ContractsJson.ToItem(new { type = "member", channelId = ChannelId, userId = UserId, role = MemberRole.Member, joinedAt = default(DateTimeOffset), left = Left, revision = Revision });

    public JsonElement ToMyItem() => ContractsJson.ToItem(new { channelId = ChannelId, role = MemberRole.Member, left = Left, revision = UserRevision });
}

/// <summary>An instance of the channels service.</summary>
internal sealed class SimChannels : SimOwner
{
    readonly FeedWrites<SimTransaction> _writes;
    readonly DeltaOutlet _outlet;

    public SimChannels(SimDatabase database, SimProcess by, SimBus bus, Bug bug) : base(database, by, bug)
    {
        _outlet = new DeltaOutlet((deltas, _) => bus.PublishAsync(by, "channels", deltas), (_, _) => { }, by.Time, inFlight: 1, bug);
        _writes = new FeedWrites<SimTransaction>(new SimFeedDatabase(database, by), _outlet.Publish, bug, null);
        by.Do(() => _outlet.RunAsync(CancellationToken.None));
    }

    /// <summary>Makes a user a member, or takes them out. What is so already stays as it is.</summary>
    public Task<ChangedMembership> ChangeAsync(Guid channel, Guid user, bool left)
    {
        var (members, mine) = (FeedName.Members(channel), FeedName.UserChannels(user));
        return _writes.WriteAsync([members, mine], async (transaction, feeds) =>
        {
            await transaction.StatementAsync();
            var row = transaction.Row<MembershipRow>((channel, user));
            if (row is null && left)
                throw new ProblemException(ErrorCodes.NotFound);
            if (row is null || row.Left != left)
            {
                row = new MembershipRow(channel, user, left, feeds.NextRevision(members), feeds.NextRevision(mine));
                transaction.Put((channel, user), row);
                feeds.Changed(members, row.ToItem());
                feeds.Changed(mine, row.ToMyItem());
            }
            return new ChangedMembership
            {
                Membership = new Membership { ChannelId = channel, UserId = user, Role = MemberRole.Member, JoinedAt = default, Left = left, Revision = row.Revision },
                Members = feeds.At(members),
            };
        }, CancellationToken.None);
    }

    public override IEnumerable<(long Revision, Func<JsonElement> Item)> Items(FeedName feed) => ItemsOf(Database, feed);

    /// <summary>All entities of a feed.</summary>
    public static IEnumerable<(long Revision, Func<JsonElement> Item)> ItemsOf(SimDatabase database, FeedName feed)
    {
        if (feed.Kind == FeedKind.UserChannels)
            return database.Rows<MembershipRow>().Where(m => m.UserId == feed.Id).Select(m => (m.UserRevision, (Func<JsonElement>)m.ToMyItem));
        var members = database.Rows<MembershipRow>().Where(m => m.ChannelId == feed.Id).Select(m => (m.Revision, (Func<JsonElement>)(() => SimItems.Of(m, m.ToItem))));
        return database.Row<ChannelRow>(feed.Id) is { } channel ? members.Append((channel.Revision, () => SimItems.Of(channel, channel.ToItem))) : members;
    }
}
