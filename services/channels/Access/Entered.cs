using ChatGenius.Channels.Members;
using ChatGenius.Channels.Roles;

namespace ChatGenius.Channels.Access;

/// <summary>A channel that the asker may see, and how they stand to it.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Own">The asker's membership, also when they left; null when there never was one.</param>
/// <param name="Asker">Who asks.</param>
internal sealed record Entered(ChannelRow Channel, MembershipRow? Own, Asker Asker)
{
    /// <summary>What the asker's own membership makes of them.</summary>
    public Standing OwnStanding => Own is { Left: false } ? RoleMatrix.Of(Own.Role) : Standing.Outsider;

    /// <summary>The standing that counts: in public channels an administrator stands as an owner does, and the operator in private ones, too.</summary>
    public Standing Standing => Asker.IsOperator && !Channel.IsDirect || Asker.IsAdministrator && Channel.Kind == ChannelKind.Public ? Standing.Owner : OwnStanding;
}
